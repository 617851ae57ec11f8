package dev.aerie.rtsp.ffmpeg;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/// An RTSP server for tests that takes one stream over TCP (ANNOUNCE, RECORD) and remembers what came: no more of
/// RTSP than FFmpeg needs to publish.
final class TinyRtspRecorder implements AutoCloseable {

    private static final int FRAME = '$';
    private static final int MARKER = 0x80;
    private static final String OK = "200 OK";

    private final ServerSocket server;
    private final String answer;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<byte[]> packets = new CopyOnWriteArrayList<>();

    /// - `answer`: status line to ANNOUNCE, `200 OK` to take the stream; empty to say nothing to anything
    TinyRtspRecorder(String answer) throws IOException {
        this.answer = answer;
        this.server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().name("tiny-rtsp-recorder").start(this::accept);
    }

    String url() {
        return "rtsp://127.0.0.1:" + server.getLocalPort() + "/drone/overlay";
    }

    /// Each request's first line and headers, then its body.
    List<String> requests() {
        return requests;
    }

    /// Frames that came whole: RTP packets with the marker set.
    long frames() {
        return packets.stream().filter(packet -> (packet[1] & MARKER) != 0).count();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void accept() {
        try (var client = server.accept()) {
            serve(client);
        } catch (IOException _) {
            // closed, or the publisher has gone
        }
    }

    private void serve(Socket client) throws IOException {
        var in = new DataInputStream(client.getInputStream());
        for (int first = in.read(); first >= 0; first = in.read()) {
            if (first == FRAME) {
                int channel = in.readUnsignedByte();
                var packet = new byte[in.readUnsignedShort()];
                in.readFully(packet);
                if (channel == 0) {
                    packets.add(packet);
                }
            } else {
                String request = request((char) first, in);
                requests.add(request);
                if (!answer.isEmpty()) {
                    client.getOutputStream().write(answerTo(request).getBytes(StandardCharsets.ISO_8859_1));
                }
            }
        }
    }

    private static String request(char first, DataInputStream in) throws IOException {
        var text = new StringBuilder().append(first);
        while (text.indexOf("\r\n\r\n") < 0) {
            text.append((char) in.readUnsignedByte());
        }
        var body = new byte[Integer.parseInt("0" + header(text.toString(), "content-length"))];
        in.readFully(body);
        return text + new String(body, StandardCharsets.ISO_8859_1);
    }

    private String answerTo(String request) {
        String status = request.startsWith("ANNOUNCE") ? answer : OK;
        String transport = request.startsWith("SETUP") ? "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n" : "";
        return "RTSP/1.0 " + status + "\r\nCSeq: " + header(request, "cseq") + "\r\nSession: 1\r\n" + transport
                + "Public: OPTIONS, ANNOUNCE, SETUP, RECORD, TEARDOWN\r\n\r\n";
    }

    private static String header(String request, String name) {
        return request.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }
}
