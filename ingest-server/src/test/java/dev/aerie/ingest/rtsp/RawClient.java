package dev.aerie.ingest.rtsp;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/// An RTSP client of a few lines that does exactly what a test tells it to.
final class RawClient implements AutoCloseable {

    private final Socket socket;
    private final DataInputStream in;
    private int cseq;

    /// - `receiveBufferBytes`: SO_RCVBUF; small ones make a stalled reader felt early
    RawClient(int port, int receiveBufferBytes) throws IOException {
        socket = new Socket();
        socket.setReceiveBufferSize(receiveBufferBytes);
        socket.setSoTimeout(30_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        in = new DataInputStream(socket.getInputStream());
    }

    RawClient(int port) throws IOException {
        this(port, 256 << 10);
    }

    /// Over what is connected already, by TLS perhaps.
    RawClient(Socket connected) throws IOException {
        socket = connected;
        socket.setSoTimeout(30_000);
        in = new DataInputStream(socket.getInputStream());
    }

    record Answer(int status, Map<String, String> headers, String body) {}

    /// An RTP or RTCP packet.
    @SuppressWarnings("ArrayRecordComponent") // Nothing compares packets.
    record Packet(int channel, byte[] bytes) {
        int timestamp() {
            return ByteBuffer.wrap(bytes).getInt(4);
        }

        int sequence() {
            return ByteBuffer.wrap(bytes).getShort(2) & 0xffff;
        }
    }

    /// Sends a request and reads its answer, skipping packets that come first.
    Answer request(String method, String uri, String... headers) throws IOException {
        send(method + " " + uri + " RTSP/1.0\r\nCSeq: " + ++cseq + "\r\n"
                + String.join("", Arrays.stream(headers).map(h -> h + "\r\n").toList()) + "\r\n");
        return answer();
    }

    /// Sets a reader up over TCP and starts it.
    Answer play(String url) throws IOException {
        request("SETUP", url + "/trackID=0", "Transport: RTP/AVP/TCP;unicast;interleaved=0-1");
        return request("PLAY", url);
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /// Announces one H.264 video and sets it up by `transport`.
    Answer announce(String url, String transport) throws IOException {
        String sdp = "v=0\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=control:streamid=0\r\n";
        send("ANNOUNCE " + url + " RTSP/1.0\r\nCSeq: " + ++cseq + "\r\nContent-Type: application/sdp\r\n"
                + "Content-Length: " + sdp.length() + "\r\n\r\n" + sdp);
        answer();
        return request("SETUP", url + "/streamid=0", "Transport: " + transport);
    }

    Answer answer() throws IOException {
        int first = in.readUnsignedByte();
        while (first == '$') {
            in.readUnsignedByte();
            in.skipNBytes(in.readUnsignedShort());
            first = in.readUnsignedByte();
        }
        String statusLine = (char) first + line();
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.merge(line.substring(0, colon), line.substring(colon + 1).strip(), (a, b) -> a + "\n" + b);
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("Content-Length", "0")));
        return new Answer(
                Integer.parseInt(statusLine.substring(9, 12)), headers, new String(body, StandardCharsets.UTF_8));
    }

    /// The next interleaved packet; nothing but packets may come.
    Packet packet() throws IOException {
        int first = in.readUnsignedByte();
        if (first != '$') {
            throw new IOException("not a packet: " + (char) first + line());
        }
        int channel = in.readUnsignedByte();
        return new Packet(channel, in.readNBytes(in.readUnsignedShort()));
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.readUnsignedByte(); next != '\n'; next = in.readUnsignedByte()) {
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8).strip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
