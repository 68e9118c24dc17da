// Asks a SPARQL endpoint with Comunica: reads {"source": …, "queries": [[query, media type], …]}
// from its input, and writes what it understood of each answer, as JSON. The first argument is the
// folder in which Comunica is installed.
import { createRequire } from "node:module";
import { join } from "node:path";
import { text } from "node:stream/consumers";

const { QueryEngine } = createRequire(join(process.argv[2], "package.json"))("@comunica/query-sparql");
const { source, queries } = JSON.parse(await text(process.stdin));
const engine = new QueryEngine();
const said = [];
for (const [query, type] of queries) {
  const context = { sources: [source] };
  try {
    const result = await engine.query(query, context);
    const { data } = await engine.resultToString(result, type, context);
    said.push({ text: await text(data) });
  } catch (error) {
    said.push({ error: String(error.message ?? error) });
  }
}
process.stdout.write(JSON.stringify(said));
