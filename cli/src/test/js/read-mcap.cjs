// Reads an MCAP file by the package @mcap/core of npm, every check sum included, and prints what is in it as JSON.

const { McapIndexedReader, McapStreamReader } = require('@mcap/core');
const { open, readFile } = require('node:fs/promises');

async function indexed(path) {
  const file = await open(path);
  const { size } = await file.stat();
  const readable = {
    size: async () => BigInt(size),
    read: async (offset, length) => {
      const bytes = new Uint8Array(Number(length));
      await file.read(bytes, 0, Number(length), Number(offset));
      return bytes;
    },
  };
  const reader = await McapIndexedReader.Initialize({ readable });
  const topics = {};
  for await (const message of reader.readMessages()) {
    const channel = reader.channelsById.get(message.channelId);
    const value = JSON.parse(new TextDecoder().decode(message.data));
    const schema = reader.schemasById.get(channel.schemaId)?.name ?? null;
    const topic = (topics[channel.topic] ??= { schema, count: 0, first: value, times: [] });
    topic.count += 1;
    topic.times.push(String(message.logTime));
  }
  await file.close();
  return { topics, statistics: Number(reader.statistics.messageCount), chunks: reader.chunkIndexes.length };
}

/** From the first byte to the last, as one who has no index reads it. */
async function streamed(path) {
  const reader = new McapStreamReader({ validateCrcs: true });
  reader.append(await readFile(path));
  let messages = 0;
  for (let record = reader.nextRecord(); record; record = reader.nextRecord()) {
    if (record.type === 'Message') messages += 1;
  }
  return { messages, done: reader.done() };
}

(async () => {
  const path = process.argv[2];
  console.log(JSON.stringify({ ...(await indexed(path)), streamed: await streamed(path) }));
})();
