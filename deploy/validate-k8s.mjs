// node validate-k8s.mjs NODE_MODULES FILE
// Checks each document of FILE by the schema of its kind; exits with 1 and a line for each fault.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [, , packages, file] = process.argv;
const load = (...path) => import(pathToFileURL(join(packages, ...path)));
const yaml = await load("yaml", "dist", "index.js");

let faults = 0;
const documents = yaml.default.parseAllDocuments(readFileSync(file, "utf8")).map((one) => one.toJS());
for (const body of documents) {
  try {
    const models = await load("kubernetes-models", ...body.apiVersion.split("/"), "index.js");
    new models[body.kind](body).validate();
  } catch (error) {
    faults++;
    console.error(`${file}: ${body.kind} ${body.metadata?.name}: ${error.message}`);
  }
}
console.log(`${file.replace(/.*\//, "")}: ${documents.length} documents, ${faults} faults`);
process.exit(faults > 0 || documents.length === 0 ? 1 : 0);
