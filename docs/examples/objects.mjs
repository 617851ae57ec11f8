// Prints a line per processed frame: its identity and the objects in it, read from the dashboard's WebSocket.
// It needs no broker, no package, and runs in a browser's console as well.
//
//   node docs/examples/objects.mjs ws://localhost:5001/ws/results/drone [COUNT]
//
// Node 22 or newer; with Node 20 or 21: node --experimental-websocket … . With AERIE_USERNAME set on the server:
// ws://user:password@host:5001/… .

const [address = 'ws://localhost:5001/ws/results/drone', count = 'Infinity'] = globalThis.process?.argv.slice(2) ?? [];
let printed = 0;

function describe({ stream, session, frame_number, results }) {
  const found = results.frame_result.objects.map(
    (o) => `${o.label ?? 'object'} ${o.id} ${o.state} at [${o.bbox.join(', ')}]`,
  );
  return `${stream}/${session}/${frame_number}: ${found.join(', ') || 'nothing'}`;
}

function follow() {
  const socket = new WebSocket(address);
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(data); // frame numbers are exact; capture_time_ns, beyond 2^53, is rounded
    if (message.type !== 'result' || !message.results.frame_result || printed >= Number(count)) {
      return; // an event, rates, or a pose without objects
    }
    console.log(describe(message));
    if (++printed >= Number(count)) {
      socket.close();
    }
  };
  socket.onclose = () => printed < Number(count) && setTimeout(follow, 1000); // the server comes back
}

follow();
