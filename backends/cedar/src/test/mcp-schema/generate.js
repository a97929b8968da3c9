// Prints, as JSON, what npm's generator makes of the MCP tool lists that are named: the type of
// every attribute in Cedar's JSON form. Each tool is asked alone, because one that it refuses fails
// the whole list.
const fs = require("fs");
const { generateSchema } = require("@cedar-policy/mcp-schema-generator-wasm");
const stub = `namespace Mcp {
  @mcp_principal entity User;
  @mcp_resource entity Server;
  action "call_tool" appliesTo { principal: [User], resource: [Server] };
}`;
const config = JSON.stringify({ objectsAsRecords: true, numbersAsDecimal: true });
const answers = {};
for (const file of process.argv.slice(2)) {
  for (const tool of JSON.parse(fs.readFileSync(file, "utf8")).tools) {
    const made = JSON.parse(generateSchema(stub, JSON.stringify([tool]), config));
    answers[tool.name] = made.isOk ? JSON.parse(made.schemaJson) : { error: made.error };
  }
}
process.stdout.write(JSON.stringify(answers));
