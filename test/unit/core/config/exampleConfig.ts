/** A file with every kind of metric and alert. */
export const EXAMPLE_CONFIG = `// What we watch
{
  "metrics": {
    "openBugs":  { "label": "Open bugs", "file": "data/bugs.json", "query": "length(items[?state=='open'])" },
    "churn":     { "file": "reports/churn.csv", "column": "rate", "aggregate": "last", "format": "percent" },
    "errors":    { "file": "logs/app.log", "match": "level=error", "aggregate": "count" },
    "latency":   { "file": "logs/app.log", "match": "took (?<value>[0-9.]+)ms", "aggregate": "avg", "unit": "ms" },
    "signups":   { "file": "events.jsonl", "query": "user.age", "aggregate": "count" },
    "roadmap":   { "file": "ROADMAP.md", "aggregate": "progress" },        // ticked boxes, percent
    "drafts":    { "files": "memos/**/*.md", "aggregate": "count" },
    "weekCommits": { "git": { "since": "7d" } },
    "stars":     { "url": "https://example.com/stats.json", "query": "stars" },
  },
  "cards": ["revenue", "openBugs", "memos"],
  "alerts": [
    { "metric": "revenue", "below": 10000, "clearAbove": 10500, "for": "10m", "severity": "warning" },
    { "metric": "driveSync", "becomes": "ERROR", "severity": "error" },
    { "metric": "errors", "risesBy": 50, "within": "1h" },
    { "metric": "latency", "fallsBy": "5%", "within": "1d", "coolDown": "2h", "severity": "info" },
    { "metric": "stars", "noDataFor": "30m" },
    { "metric": "errors", "above": 100, "clearBelow": 90 },
  ]
}
`;
