package dev.aerie.rtsp.ffmpeg;

import dev.aerie.video.AccessUnit;
import dev.aerie.video.NalUnit;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// An RTSP server for tests that plays a script over TCP and then keeps silent: no more of RTSP than a player
/// asks for.
public final class TinyRtspServer implements AutoCloseable {

    private static final int MAX_PAYLOAD = 1300;
    private static final int FU_A = 28;

    /// Wraps within the first second; not 0, which FFmpeg takes for "none yet".
    private static final int FIRST_TIMESTAMP = -20_000;

    private static final long NTP_EPOCH_SECONDS = 2_208_988_800L;

    private final ServerSocket server;
    private final List<Socket> clients = new ArrayList<>();
    private final List<AccessUnit> script;
    private final AtomicInteger connections = new AtomicInteger();
    private final CountDownLatch played = new CountDownLatch(1);
    private final long firstCaptureNanos;
    private final boolean answers;
    private volatile String encoding = "H264";

    /// - `firstCaptureNanos`: Unix time of pts 0, told in a sender report before the first packet; 0 for no report
    /// - `answers`: false for a server that accepts connections and never says a word
    public TinyRtspServer(List<AccessUnit> script, long firstCaptureNanos, boolean answers) throws IOException {
        this.script = script;
        this.firstCaptureNanos = firstCaptureNanos;
        this.answers = answers;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().name("tiny-rtsp").start(this::acceptAll);
    }

    public String url() {
        return "rtsp://127.0.0.1:" + server.getLocalPort() + "/drone";
    }

    /// Says in its session description that the video is of another kind, by its name in RTP.
    public TinyRtspServer announcing(String otherEncoding) {
        encoding = otherEncoding;
        return this;
    }

    /// Whether anybody has asked it to play.
    public boolean hasPlayed() {
        return played.getCount() == 0;
    }

    public int connections() {
        return connections.get();
    }

    /// Waits until the script has been played to a client, and says goodbye to all of them.
    public void hangUp() throws InterruptedException, IOException {
        played.await();
        synchronized (clients) {
            for (Socket client : clients) {
                client.shutdownOutput();
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        synchronized (clients) {
            for (Socket client : clients) {
                client.close();
            }
        }
    }

    private void acceptAll() {
        try {
            while (true) {
                var client = server.accept();
                connections.incrementAndGet();
                synchronized (clients) {
                    clients.add(client);
                }
                if (answers) {
                    Thread.ofPlatform().daemon().name("tiny-rtsp-client").start(() -> serve(client));
                }
            }
        } catch (IOException _) {
            // closed
        }
    }

    private void serve(Socket client) {
        try (client;
                var in = new BufferedReader(
                        new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1))) {
            var out = client.getOutputStream();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String method = line.substring(0, Math.max(0, line.indexOf(' ')));
                String sequence = "0";
                for (String header = in.readLine(); header != null && !header.isEmpty(); header = in.readLine()) {
                    if (header.startsWith("CSeq:")) {
                        sequence = header.substring(5).strip();
                    }
                }
                answer(out, method, sequence);
                if (method.equals("PLAY")) {
                    play(out);
                    played.countDown();
                }
            }
        } catch (IOException _) {
            // the client has gone
        }
    }

    private void answer(OutputStream out, String method, String sequence) throws IOException {
        String sdp = """
                v=0
                o=- 1 1 IN IP4 127.0.0.1
                s=test
                t=0 0
                m=video 0 RTP/AVP 96
                a=rtpmap:96 %s/90000
                a=fmtp:96 packetization-mode=1
                a=control:trackID=0
                """.formatted(encoding);
        String more = switch (method) {
            case "DESCRIBE" ->
                "Content-Base: " + url() + "/\r\nContent-Type: application/sdp\r\nContent-Length: " + sdp.length()
                        + "\r\n\r\n" + sdp;
            case "SETUP" -> "Session: 1;timeout=60\r\nTransport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n\r\n";
            case "OPTIONS" -> "Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN\r\n\r\n";
            default -> "Session: 1\r\n\r\n";
        };
        out.write(("RTSP/1.0 200 OK\r\nCSeq: " + sequence + "\r\n" + more).getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private void play(OutputStream out) throws IOException {
        if (firstCaptureNanos != 0) {
            send(out, 1, senderReport());
        }
        int number = 0;
        for (AccessUnit unit : script) {
            var packets = new ArrayList<byte[]>();
            for (NalUnit nal : unit.nalUnits()) {
                packetize(nal, packets);
            }
            for (int i = 0; i < packets.size(); i++) {
                boolean marker = i == packets.size() - 1;
                send(out, 0, rtp(packets.get(i), number++, FIRST_TIMESTAMP + (int) unit.ptsTicks90k(), marker));
            }
        }
        out.flush();
    }

    private static void send(OutputStream out, int channel, byte[] packet) throws IOException {
        out.write(ByteBuffer.allocate(4 + packet.length)
                .put((byte) '$')
                .put((byte) channel)
                .putShort((short) packet.length)
                .put(packet)
                .array());
    }

    private static void packetize(NalUnit nal, List<byte[]> packets) {
        var bytes = new byte[nal.sizeBytes()];
        nal.bytes().get(bytes);
        if (bytes.length <= MAX_PAYLOAD) {
            packets.add(bytes);
            return;
        }
        for (int from = 1; from < bytes.length; from += MAX_PAYLOAD) {
            int size = Math.min(MAX_PAYLOAD, bytes.length - from);
            int flags = (from == 1 ? 0x80 : 0) | (from + size == bytes.length ? 0x40 : 0);
            packets.add(ByteBuffer.allocate(2 + size)
                    .put((byte) ((bytes[0] & 0xe0) | FU_A))
                    .put((byte) (flags | (bytes[0] & 0x1f)))
                    .put(bytes, from, size)
                    .array());
        }
    }

    private static byte[] rtp(byte[] payload, int number, int timestamp, boolean marker) {
        return ByteBuffer.allocate(12 + payload.length)
                .put((byte) 0x80)
                .put((byte) (96 | (marker ? 0x80 : 0)))
                .putShort((short) number)
                .putInt(timestamp)
                .putInt(0x1234)
                .put(payload)
                .array();
    }

    private byte[] senderReport() {
        long seconds = firstCaptureNanos / 1_000_000_000 + NTP_EPOCH_SECONDS;
        long fraction = (firstCaptureNanos % 1_000_000_000 << 32) / 1_000_000_000;
        return ByteBuffer.allocate(28)
                .put((byte) 0x80)
                .put((byte) 200)
                .putShort((short) 6)
                .putInt(0x1234)
                .putInt((int) seconds)
                .putInt((int) fraction)
                .putInt(FIRST_TIMESTAMP + (int) script.getFirst().ptsTicks90k())
                .array();
    }
}
