package dev.aerie.simulator.drone;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// A WebSocket server just large enough to hear a drone: takes every path, keeps every message (RFC 6455).
final class WebSocketListener implements AutoCloseable {

    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final ServerSocket server;
    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final int dropFirstAfter;

    /// One message; connections count from 0.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Heard(int connection, String path, boolean isText, byte[] bytes) {
        String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /// - `dropFirstAfter`: cuts the first connection after so many messages, without goodbye; 0 never
    WebSocketListener(int dropFirstAfter) throws IOException {
        this.dropFirstAfter = dropFirstAfter;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::acceptAll);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    List<Heard> heard(String kind) {
        return heard.stream().filter(it -> it.path().startsWith("/ws/" + kind)).toList();
    }

    /// The requests' heads as they came.
    List<String> requests() {
        return requests;
    }

    private void acceptAll() {
        try {
            for (int connection = 0; ; connection++) {
                var socket = server.accept();
                int number = connection;
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket, number));
            }
        } catch (IOException _) {
            // Closed.
        }
    }

    private void serve(Socket socket, int connection) {
        try (socket) {
            var in = new DataInputStream(socket.getInputStream());
            var out = new DataOutputStream(socket.getOutputStream());
            String head = readHead(in);
            requests.add(head);
            out.write(answer(head).getBytes(StandardCharsets.US_ASCII));
            listen(in, out, connection, head.split(" ", 3)[1]);
        } catch (IOException _) {
            // The drone has gone.
        }
    }

    private static String readHead(DataInputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }

    private static String answer(String head) {
        String key = head.lines()
                .filter(line -> line.regionMatches(true, 0, "Sec-WebSocket-Key:", 0, 18))
                .map(line -> line.substring(18).strip())
                .findFirst()
                .orElseThrow();
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
            return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Accept: " + Base64.getEncoder().encodeToString(digest) + "\r\n\r\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void listen(DataInputStream in, DataOutputStream out, int connection, String path) throws IOException {
        var message = new ByteArrayOutputStream();
        boolean isText = false;
        for (int count = 0; dropFirstAfter == 0 || connection > 0 || count < dropFirstAfter; ) {
            int first = in.readUnsignedByte();
            byte[] payload = readPayload(in);
            int opcode = first & 0xF;
            if (opcode == 8) {
                out.write(new byte[] {(byte) 0x88, 2, payload[0], payload[1]});
                return;
            }
            isText = opcode == 0 ? isText : opcode == 1;
            message.writeBytes(payload);
            if ((first & 0x80) != 0) {
                heard.add(new Heard(connection, path, isText, message.toByteArray()));
                message.reset();
                count++;
            }
        }
    }

    private static byte[] readPayload(DataInputStream in) throws IOException {
        long length = in.readUnsignedByte() & 0x7F;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        byte[] mask = in.readNBytes(4);
        byte[] payload = in.readNBytes(Math.toIntExact(length));
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i & 3];
        }
        return payload;
    }

    @Override
    public void close() {
        try {
            server.close();
            for (var socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
