package dev.aerie.cli.view;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/// What the window needs of an ingest-server: its relay's address, a WebSocket for results (RFC 6455), an answer to
/// prompts.
final class FakeDashboard implements AutoCloseable {

    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final Pattern KEY = Pattern.compile("(?i)sec-websocket-key: *(\\S+)");
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *(\\d+)");
    private static final int TEXT = 0x81;
    private static final int LENGTH_OF_16_BITS = 126;

    private final ServerSocket server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    private final List<Socket> readers = new CopyOnWriteArrayList<>();
    private final List<String> prompts = new CopyOnWriteArrayList<>();

    private final String relay;

    /// - `relay`: the address of a stream there
    FakeDashboard(String relay) throws IOException {
        this.relay = relay;
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    int readers() {
        return readers.size();
    }

    /// The bodies of the prompts that came.
    List<String> prompts() {
        return List.copyOf(prompts);
    }

    /// Sends 126 to 65535 bytes.
    void send(String text) throws IOException {
        byte[] payload = text.getBytes(UTF_8);
        var frame = ByteBuffer.allocate(4 + payload.length)
                .put((byte) TEXT)
                .put((byte) LENGTH_OF_16_BITS)
                .putShort((short) payload.length)
                .put(payload);
        for (Socket reader : readers) {
            reader.getOutputStream().write(frame.array());
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket reader : readers) {
            reader.close();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException _) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket) {
        try {
            String head = head(socket.getInputStream());
            var key = KEY.matcher(head);
            if (key.find()) {
                answer(
                        socket,
                        "101 Switching Protocols",
                        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " + accepted(key.group(1))
                                + "\r\n",
                        "");
                readers.add(socket);
                return;
            }
            var length = LENGTH.matcher(head);
            int bytes = length.find() ? Integer.parseInt(length.group(1)) : 0;
            if (head.startsWith("POST /prompt ")) {
                prompts.add(new String(socket.getInputStream().readNBytes(bytes), UTF_8));
            }
            String body = "{\"objects\": [{\"id\": 3, \"label\": \"van\"}]}";
            if (head.startsWith("GET /rtsp/status ")) {
                body = "{\"rtsp_url\": \"" + relay + "\"}";
            }
            answer(socket, "200 OK", "Connection: close\r\nContent-Length: " + body.length() + "\r\n", body);
            socket.close();
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void answer(Socket socket, String status, String headers, String body) throws IOException {
        socket.getOutputStream().write(("HTTP/1.1 " + status + "\r\n" + headers + "\r\n" + body).getBytes(UTF_8));
    }

    private static String head(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the connection ended");
            }
            head.write(next);
        }
        return head.toString(ISO_8859_1);
    }

    private static String accepted(String key) throws NoSuchAlgorithmException {
        byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(ISO_8859_1));
        return Base64.getEncoder().encodeToString(digest);
    }
}
