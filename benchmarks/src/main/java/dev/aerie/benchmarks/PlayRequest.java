package dev.aerie.benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The few requests with which a reader starts to play a stream over RTSP/TCP: DESCRIBE, SETUP, PLAY (RFC 2326).
///
/// Used once per connection, by one thread.
final class PlayRequest {

    private static final int PATIENCE_MILLIS = 15_000;
    private static final int INTERLEAVED_FRAME = '$';

    private final SocketChannel channel;
    private final InputStream in;
    private int sequence;

    private PlayRequest(SocketChannel channel) throws IOException {
        this.channel = channel;
        this.in = channel.socket().getInputStream();
    }

    /// Connects and starts to play. Returns the connection, in blocking mode, on which `$` frames now flow; the caller
    /// owns it.
    ///
    /// - `receiveBytes`: size of the socket's receive buffer, 0 for the system's own
    static SocketChannel play(URI url, int receiveBytes) throws IOException {
        var channel = SocketChannel.open();
        try {
            if (receiveBytes > 0) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBytes);
            }
            channel.connect(new InetSocketAddress(url.getHost(), url.getPort()));
            channel.socket().setSoTimeout(PATIENCE_MILLIS);
            new PlayRequest(channel).play(url.toString());
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private void play(String url) throws IOException {
        Answer description = request("DESCRIBE", url, List.of("Accept: application/sdp"));
        String base = description.header("content-base").isEmpty() ? url : description.header("content-base");
        String track = trackUrl(base, description.body());
        Answer setup = request("SETUP", track, List.of("Transport: RTP/AVP/TCP;unicast;interleaved=0-1"));
        String session = setup.header("session").split(";", 2)[0].strip();
        request("PLAY", url, List.of("Session: " + session, "Range: npt=0.000-"));
    }

    /// The control URL of the first video medium.
    static String trackUrl(String base, String sdp) {
        int video = sdp.indexOf("m=video");
        String control = sdp.substring(Math.max(0, video))
                .lines()
                .filter(line -> line.startsWith("a=control:"))
                .map(line -> line.substring("a=control:".length()).strip())
                .findFirst()
                .orElse("*");
        if (control.equals("*")) {
            return base;
        }
        if (control.startsWith("rtsp://")) {
            return control;
        }
        return base.endsWith("/") ? base + control : base + "/" + control;
    }

    private Answer request(String method, String url, List<String> headers) throws IOException {
        var text = new StringBuilder(method + " " + url + " RTSP/1.0\r\nCSeq: " + ++sequence + "\r\n");
        headers.forEach(header -> text.append(header).append("\r\n"));
        text.append("\r\n");
        var bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        Answer answer = read();
        if (!answer.status().contains(" 200 ")) {
            throw new IOException(method + " was answered " + answer.status());
        }
        return answer;
    }

    private Answer read() throws IOException {
        String status = line();
        var headers = new ArrayList<String>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            headers.add(line);
        }
        var head = new Answer(status, headers, "");
        String length = head.header("content-length");
        byte[] body = in.readNBytes(length.isEmpty() ? 0 : Integer.parseInt(length));
        return new Answer(status, headers, new String(body, StandardCharsets.UTF_8));
    }

    /// The next line of text, past `$` frames that come before an answer.
    private String line() throws IOException {
        var line = new StringBuilder();
        for (int c = next(); c != '\n'; c = next()) {
            if (c == INTERLEAVED_FRAME && line.isEmpty()) {
                next();
                in.skipNBytes(next() << 8 | next());
            } else if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private int next() throws IOException {
        int c = in.read();
        if (c < 0) {
            throw new EOFException("the server closed the connection");
        }
        return c;
    }

    private record Answer(String status, List<String> headers, String body) {

        String header(String name) {
            return headers.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }
    }
}
