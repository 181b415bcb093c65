// A chat-completions server of a small model, for tests: node reader.mjs MODEL.gguf PORT
import {createServer} from "node:http";
import {getLlama, LlamaCompletion} from "node-llama-cpp";

const [file, port] = process.argv.slice(2);
const llama = await getLlama({gpu: false, build: "never", logLevel: "error"});
const model = await llama.loadModel({modelPath: file});
const context = await model.createContext({contextSize: 4096, threads: Number(process.env.THREADS ?? 1)});
const completion = new LlamaCompletion({contextSequence: context.getSequence()});
let before = Promise.resolve();

async function answered({messages, response_format: form, max_tokens: maxTokens}) {
    const grammar = form && await llama.createGrammarForJsonSchema(form.json_schema.schema);
    const told = messages.map(({role, content}) => `${role}: ${content}\n`).join("");
    const content = await completion.generateCompletion(`${told}assistant: `, {grammar, maxTokens, temperature: 0});
    return {choices: [{index: 0, message: {role: "assistant", content}, finish_reason: "stop"}]};
}

createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    before = before.then(() => answered(JSON.parse(Buffer.concat(chunks)))).then(
        (answer) => [200, answer], (error) => [400, {error: String(error)}]);
    const [status, answer] = await before;
    response.writeHead(status, {"Content-Type": "application/json"}).end(JSON.stringify(answer));
}).listen(Number(port), "127.0.0.1", function () {
    console.log(`http://127.0.0.1:${this.address().port}/v1`);
});
