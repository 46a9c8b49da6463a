import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  Scalar,
  type YAMLMap,
} from "yaml";
import { MAX_DEPTH, TOO_DEEP } from "../sources/jsonDocument.js";
import { SourceError } from "../sources/sourceError.js";

/** So many nodes more than it has one document may be unfolded to: the library copies what is merged. */
const MAX_UNFOLDED = 1_000_000;

const MERGE_KEY = "<<";

/** What the aliases (*name) of a document stand for. */
export class YamlAliases {
  private readonly anchors = new Map<string, Node>();
  private readonly targets = new Map<Alias, Node>();
  /** Of those nodes that have names. */
  private readonly extents = new Map<Node, Extent>();
  private unfolded = 0;

  /** @throws SourceError where the document cannot be unfolded, or not in a little time */
  constructor(document: Document.Parsed) {
    const { depth } = this.extentOf(document.contents);
    if (this.unfolded > MAX_UNFOLDED) {
      throw new SourceError("aliases (*name) repeat too much. Write the values out.");
    }
    if (depth > MAX_DEPTH) throw new SourceError(TOO_DEEP);
  }

  /** What stands under a key of a node, maybe in another node that is named there. */
  memberOf(node: unknown, key: string | number): unknown {
    const place = this.resolved(node);
    if (isSeq(place)) return place.get(key, true);
    if (!isMap(place)) return undefined;
    if (place.has(key)) return place.get(key, true);
    for (const source of this.mergedInto(place)) {
      const member = this.memberOf(source, key);
      if (member !== undefined) return member;
    }
    return undefined;
  }

  /** Those whose keys count where the map has no such key itself, the first of them first. */
  private mergedInto(map: YAMLMap): readonly unknown[] {
    const isMerge = (key: unknown) => isScalar(key) && key.type === Scalar.PLAIN && key.value === MERGE_KEY;
    const source = this.resolved(map.items.find(({ key }) => isMerge(key))?.value);
    return isSeq(source) ? source.items : [source];
  }

  private resolved(node: unknown): unknown {
    return isAlias(node) ? this.targets.get(node) : node;
  }

  /** In the document's order, in which a name is of the last node before that has it. */
  private extentOf(node: unknown): Extent {
    if (isAlias(node)) return this.extentOfAlias(node);
    const name = isMap(node) || isSeq(node) || isScalar(node) ? node.anchor : undefined;
    if (name !== undefined) {
      this.anchors.set(name, node as Node);
      // Until it is known: what holds itself has no end.
      this.extents.set(node as Node, { nodes: Infinity, depth: Infinity });
    }
    const extent = this.extentOfMembers(node);
    if (name !== undefined) this.extents.set(node as Node, extent);
    return extent;
  }

  private extentOfAlias(alias: Alias): Extent {
    const target = this.anchors.get(alias.source);
    if (target === undefined) return SINGLE;
    this.targets.set(alias, target);
    const extent = this.extents.get(target) ?? SINGLE;
    this.unfolded += extent.nodes;
    return extent;
  }

  private extentOfMembers(node: unknown): Extent {
    if (!isMap(node) && !isSeq(node)) return SINGLE;
    const members = isMap(node) ? node.items.map(({ value }) => value) : node.items;
    let nodes = 1;
    let depth = 0;
    for (const member of members) {
      const extent = this.extentOf(member);
      nodes += extent.nodes;
      depth = Math.max(depth, extent.depth);
    }
    return { nodes, depth: depth + 1 };
  }
}

/** How much a node is with all that its aliases stand for. */
interface Extent {
  readonly nodes: number;
  /** Of collections in one another, also of merged ones. */
  readonly depth: number;
}

const SINGLE: Extent = { nodes: 1, depth: 0 };
