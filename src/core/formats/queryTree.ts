/** A JMESPath expression as the library's parser gives it. */
export type QueryNode =
  | { readonly type: "Field"; readonly name: string }
  | { readonly type: "Identity" | "Current" }
  | { readonly type: "Literal"; readonly value: unknown }
  | { readonly type: "Index"; readonly value: number }
  | { readonly type: "Slice"; readonly children: readonly [number | null, number | null, number | null] }
  | { readonly type: PairType; readonly children: readonly [QueryNode, QueryNode] }
  | { readonly type: "FilterProjection"; readonly children: readonly [QueryNode, QueryNode, QueryNode] }
  | {
      readonly type: "Comparator";
      readonly name: Comparison;
      readonly children: readonly [QueryNode, QueryNode];
    }
  | {
      readonly type: "Flatten" | "NotExpression" | "ExpressionReference";
      readonly children: readonly [QueryNode];
    }
  | { readonly type: "MultiSelectList"; readonly children: readonly QueryNode[] }
  | {
      readonly type: "MultiSelectHash";
      readonly children: readonly { readonly name: string; readonly value: QueryNode }[];
    }
  | { readonly type: "Function"; readonly name: string; readonly children: readonly QueryNode[] };

type PairType =
  | "Subexpression"
  | "IndexExpression"
  | "Pipe"
  | "Projection"
  | "ValueProjection"
  | "OrExpression"
  | "AndExpression";

export type Comparison = "EQ" | "NE" | "LT" | "LTE" | "GT" | "GTE";
