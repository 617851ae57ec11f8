package dev.aerie.benchmarks;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/// Strangers who want an ingest-server to stop, each kind on a thread and an address of its own (127.0.1.x, which Linux
/// has): one address would be refused as a whole, and the viewers with it. Where Linux lets us, they take only what the
/// others leave of the cores: strangers have a machine of their own.
@SuppressWarnings("StringConcatToTextBlock") // Requests end their lines with both characters.
final class Attackers implements AutoCloseable {

    private static final String THREAD_NAME = "attacker-";
    private static final int SLOW_CONNECTIONS = 100;
    private static final int SLOW_READ_BYTES = 2048;
    private static final int CONNECT_MILLIS = 2_000;
    private static final int STEP_MILLIS = 1_000;
    private static final int FLOOD_PAUSE_MILLIS = 3;
    private static final int MALFORMED_PAUSE_MILLIS = 5;
    private static final int MAX_GARBAGE_BYTES = 4_096;

    /// What each does again and again.
    enum Kind {
        /// Heads of HTTP requests, a byte a second.
        SLOW_HEADS(1),
        /// Bodies of HTTP requests, a byte a second.
        SLOW_BODIES(2),
        /// RTSP requests, a byte a second.
        SLOW_RTSP(3),
        /// Requests whose answers are never read.
        SLOW_READERS(4),
        /// Connections to HTTP and RTSP that say nothing.
        FLOOD(5),
        /// Requests of HTTP, RTSP and WebSocket with wrong bytes in them, and noise.
        MALFORMED(6);

        private final InetAddress address;

        Kind(int number) {
            address = InetAddress.ofLiteral("127.0.1." + number);
        }
    }

    private final InetSocketAddress http;
    private final InetSocketAddress rtsp;
    private final String stream;
    private final Map<Kind, AtomicLong> connections = new EnumMap<>(Kind.class);
    private final List<Thread> threads = new ArrayList<>();

    private Attackers(InetSocketAddress http, InetSocketAddress rtsp, String stream) {
        this.http = http;
        this.rtsp = rtsp;
        this.stream = stream;
    }

    /// Begins all kinds; `stream` is one that is live.
    static Attackers start(URI api, int rtspPort, String stream) {
        var attackers = new Attackers(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), api.getPort()),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), rtspPort),
                stream);
        for (Kind kind : Kind.values()) {
            attackers.connections.put(kind, new AtomicLong());
            attackers.threads.add(new Thread(() -> attackers.attack(kind), THREAD_NAME + kind));
        }
        attackers.threads.forEach(Thread::start);
        yieldToOthers();
        return attackers;
    }

    /// The lowest priority for our threads, which Linux knows by the beginnings of their names.
    private static void yieldToOthers() {
        var command = new ArrayList<>(List.of("renice", "-n", "19", "-p"));
        try (var tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path task : tasks) {
                if (Files.readString(task.resolve("comm")).startsWith(THREAD_NAME)) {
                    command.add(task.getFileName().toString());
                }
            }
            var process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            int _ = process.waitFor();
        } catch (IOException _) {
            // They compete with the others then.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// How many connections each kind has opened so far.
    Map<Kind, Long> connections() {
        var counts = new EnumMap<Kind, Long>(Kind.class);
        connections.forEach((kind, count) -> counts.put(kind, count.get()));
        return counts;
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void attack(Kind kind) {
        try {
            switch (kind) {
                case SLOW_HEADS -> trickle(kind, http, "GET /api/streams HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
                case SLOW_BODIES ->
                    trickle(
                            kind,
                            http,
                            "PUT /api/streams/slow HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                    + "Content-Length: 50000\r\n\r\n");
                case SLOW_RTSP -> trickle(kind, rtsp, "OPTIONS rtsp://localhost/" + stream + " RTSP/1.0\r\nCSeq: ");
                case SLOW_READERS ->
                    trickle(kind, http, "GET /hls/" + stream + "/index.m3u8 HTTP/1.1\r\nHost: localhost\r\n\r\n");
                case FLOOD -> flood();
                case MALFORMED -> garble();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Keeps connections open, sends the beginning on each and then a byte a second; those that are closed are opened
    /// anew.
    private void trickle(Kind kind, InetSocketAddress server, String beginning) throws InterruptedException {
        var open = new ArrayList<Socket>();
        try {
            while (true) {
                open.removeIf(socket -> !send(socket, kind == Kind.SLOW_READERS ? beginning : "1"));
                for (int missing = SLOW_CONNECTIONS - open.size(); missing > 0; missing--) {
                    connect(kind, server, beginning, open);
                }
                Thread.sleep(STEP_MILLIS);
            }
        } finally {
            open.forEach(Attackers::closeQuietly);
        }
    }

    private void flood() throws InterruptedException {
        var open = new ArrayList<Socket>();
        for (long i = 0; true; i++) {
            connect(Kind.FLOOD, i % 2 == 0 ? http : rtsp, "", open);
            open.forEach(Attackers::closeQuietly);
            open.clear();
            Thread.sleep(FLOOD_PAUSE_MILLIS);
        }
    }

    private void garble() throws InterruptedException {
        var random = new Random(1);
        var open = new ArrayList<Socket>();
        while (true) {
            var target = random.nextBoolean() ? http : rtsp;
            connect(Kind.MALFORMED, target, garbage(random), open);
            open.forEach(Attackers::closeQuietly);
            open.clear();
            Thread.sleep(MALFORMED_PAUSE_MILLIS);
        }
    }

    /// One of the requests that servers take, with some characters replaced and noise behind it; or noise alone.
    private String garbage(Random random) {
        var requests = List.of(
                "",
                "GET /ws/video/garbage HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
                "POST /mode HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 2000\r\n\r\n",
                "GET /api/results/%2e%2e/?at=1e300000000 HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "ANNOUNCE rtsp://localhost/garbage RTSP/1.0\r\nCSeq: 1\r\nContent-Length: 3000\r\n\r\nv=0\r\nm=video\r\n",
                "SETUP rtsp://localhost/" + stream + "/trackID=0 RTSP/1.0\r\nCSeq: 2\r\nTransport: RTP/AVP;"
                        + "client_port=1-65536\r\nAuthorization: Digest username=\"\\\r\n\r\n",
                "$\0\0\100");
        var text = new StringBuilder(requests.get(random.nextInt(requests.size())));
        for (int wounds = random.nextInt(4); wounds > 0 && !text.isEmpty(); wounds--) {
            text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(256));
        }
        for (int noise = random.nextInt(MAX_GARBAGE_BYTES); noise > 0; noise--) {
            text.append((char) random.nextInt(256));
        }
        return text.toString();
    }

    /// Adds the connection to `open`, unless the server takes none.
    @SuppressWarnings("MustBeClosedChecker") // the list owns it
    private void connect(Kind kind, InetSocketAddress server, String beginning, List<Socket> open) {
        var socket = new Socket();
        try {
            if (kind == Kind.SLOW_READERS) {
                socket.setReceiveBufferSize(SLOW_READ_BYTES);
            }
            socket.bind(new InetSocketAddress(kind.address, 0));
            socket.connect(server, CONNECT_MILLIS);
            requireNonNull(connections.get(kind)).incrementAndGet();
            if (!beginning.isEmpty()) {
                send(socket, beginning);
            }
            open.add(socket);
        } catch (IOException _) {
            closeQuietly(socket);
        }
    }

    private static boolean send(Socket socket, String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            return true;
        } catch (IOException _) {
            closeQuietly(socket);
            return false;
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // It is closed in any case.
        }
    }
}
