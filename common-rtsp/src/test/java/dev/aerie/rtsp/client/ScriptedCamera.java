package dev.aerie.rtsp.client;

import dev.aerie.rtsp.message.RtspHeaders;
import dev.aerie.rtsp.message.RtspMessage;
import dev.aerie.rtsp.message.RtspParser;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// An RTSP server for tests that answers each request as a test says, right or wrong, for one client.
final class ScriptedCamera implements AutoCloseable {

    /// Answers a request; may write packets and anything else behind the answer.
    interface Script {
        void answer(RtspMessage.Request request, Client client) throws IOException;
    }

    private final ServerSocket server;
    private final Script script;
    private final List<RtspMessage.Request> requests = new CopyOnWriteArrayList<>();

    ScriptedCamera(Script script) throws IOException {
        this.script = script;
        this.server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().name("scripted-camera").start(this::serve);
    }

    int port() {
        return server.getLocalPort();
    }

    String url() {
        return "rtsp://127.0.0.1:" + port() + "/live";
    }

    /// The URI of the latest request with this method.
    String uriOf(String method) {
        return requests.stream()
                .filter(request -> request.method().equals(method))
                .map(RtspMessage.Request::uri)
                .reduce("", (_, later) -> later);
    }

    List<RtspMessage.Request> requests() {
        return requests;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void serve() {
        try (Socket socket = server.accept()) {
            var parser = RtspParser.ofServer(8 << 10, 64 << 10);
            var received = ByteBuffer.allocate(64 << 10).limit(0);
            var client = new Client(socket.getOutputStream());
            while (true) {
                var message = parser.next(received);
                if (message.isPresent()) {
                    if (message.get() instanceof RtspMessage.Request request) {
                        requests.add(request);
                        script.answer(request, client);
                    }
                    continue;
                }
                received.compact();
                int count = socket.getInputStream().read(received.array(), received.position(), received.remaining());
                if (count < 0) {
                    return;
                }
                received.position(received.position() + count).flip();
            }
        } catch (IOException _) {
            // the client or the test has ended
        }
    }

    /// The way back to the client.
    record Client(OutputStream out) {

        void respond(RtspMessage.Request request, int status, String body, String... headers) throws IOException {
            var all = RtspHeaders.NONE.with("CSeq", request.header("CSeq").orElse("0"));
            for (int i = 0; i < headers.length; i += 2) {
                all = all.with(headers[i], headers[i + 1]);
            }
            out.write(new RtspMessage.Response(status, "Reason", all, body).encode());
        }

        void packet(int channel, byte[] packet) throws IOException {
            out.write(ByteBuffer.allocate(4 + packet.length)
                    .put((byte) '$')
                    .put((byte) channel)
                    .putShort((short) packet.length)
                    .put(packet)
                    .array());
        }

        void raw(byte[] bytes) throws IOException {
            out.write(bytes);
        }
    }
}
