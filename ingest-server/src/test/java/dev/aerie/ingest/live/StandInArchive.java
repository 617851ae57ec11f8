package dev.aerie.ingest.live;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.NalUnit;
import dev.aerie.video.mp4.BoxWriter;
import dev.aerie.video.mp4.MovieBox;
import dev.aerie.video.mp4.SampleTable;
import dev.aerie.video.mp4.VideoTrack;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Answers like the storage service about one recording, a [BarcodeClip]: each frame's result has one box, whose
/// place says which frame it belongs to, as [BarcodeDrone] puts it.
final class StandInArchive implements AutoCloseable {

    static final String RECORDING = "01K9JXW7Z3T4V5W6X7Y8Z9ABCD";
    static final String DAY = "2025-11-21";

    /// Frame numbers begin here: what stands in the video is not what the archive calls it.
    private static final int FIRST_FRAME = 1000;

    private static final long START_NANOS = 1_763_726_400_000_000_000L; // noon of the day, UTC
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final HttpServer server;
    private final List<AccessUnit> units;
    private final byte[] mp4;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    StandInArchive(List<AccessUnit> units) throws IOException {
        this.units = units;
        this.mp4 = mp4(units);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/api", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// What was asked, `PUT /api/…?…`.
    List<String> requests() {
        return requests;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        String path = exchange.getRequestURI().getPath();
        switch (path) {
            case "/api/streams" -> send(exchange, 200, "application/json", "{\"streams\":[\"barcode\"]}");
            case "/api/recordings" -> send(exchange, 200, "application/json", recordings());
            case "/api/streams/barcode/timeline" -> send(exchange, 200, "application/json", minutes());
            case "/api/recordings/" + RECORDING + "/frames" -> send(exchange, 200, "application/json", frames());
            case "/api/recordings/" + RECORDING + "/messages" ->
                send(exchange, 200, "application/x-ndjson", messages());
            case "/api/recordings/" + RECORDING + "/protect" ->
                send(exchange, 200, "application/json", "{\"segments\":1}");
            case "/api/recordings/" + RECORDING + "/video" -> sendVideo(exchange);
            default -> send(exchange, 404, "application/problem+json", "{\"detail\":\"nothing there\"}");
        }
    }

    private void sendVideo(HttpExchange exchange) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        exchange.getResponseHeaders().add("Content-Type", "video/mp4");
        exchange.getResponseHeaders().add("Accept-Ranges", "bytes");
        int from = range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=(\\d+)-.*", "$1"));
        if (range != null) {
            exchange.getResponseHeaders()
                    .add("Content-Range", "bytes " + from + "-" + (mp4.length - 1) + "/" + mp4.length);
        }
        exchange.sendResponseHeaders(range == null ? 200 : 206, mp4.length - from);
        try (var body = exchange.getResponseBody()) {
            body.write(mp4, from, mp4.length - from);
        }
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private String recordings() {
        return """
                {"recordings":[{"id":"%s","stream":"barcode","start":"2025-11-21T12:00:00Z","end":"2025-11-21T12:00:20Z",\
                "duration_s":20,"protected_segments":0,"labels":[{"label":"marker","frames":300}]}]}""".formatted(RECORDING);
    }

    private static String minutes() {
        return """
                {"stream":"barcode","minutes":[{"start":"2025-11-21T12:00:00Z","recorded_s":20,"is_protected":false,\
                "labels":{"marker":300}}]}""";
    }

    private String frames() {
        return IntStream.range(0, units.size())
                .mapToObj(i -> """
                        {"session":"%s","frame_number":%d,"capture_time_ns":"%d","seconds":%s}""".formatted(
                                RECORDING,
                                FIRST_FRAME + i,
                                START_NANOS + i * NANOS_PER_SECOND / BarcodeDrone.RATE,
                                i / (double) BarcodeDrone.RATE))
                .collect(Collectors.joining(",", "{\"stream\":\"barcode\",\"frames\":[", "]}"));
    }

    private String messages() {
        return IntStream.range(0, units.size())
                .filter(BarcodeDrone::hasResult)
                .mapToObj(i -> """
                        {"schema":"aerie.frame_result/1","frame_number":%d,"width":640,"height":360,"objects":[{"id":1,\
                        "label":"marker","score":0.97,"state":"confirmed","bbox":[%d,%d,28,24]}]}""".formatted(
                        FIRST_FRAME + i,
                        BarcodeDrone.FIRST_X + BarcodeDrone.STEP_X * (i % BarcodeDrone.COLUMNS),
                        BarcodeDrone.FIRST_Y + BarcodeDrone.STEP_Y * (i / BarcodeDrone.COLUMNS % BarcodeDrone.ROWS)))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static byte[] mp4(List<AccessUnit> units) {
        var track = VideoTrack.of(units.getFirst()).orElseThrow();
        var media = new ByteArrayOutputStream();
        var sizes = new ArrayList<Integer>();
        for (AccessUnit unit : units) {
            int before = media.size();
            for (NalUnit nal : unit.nalUnits()) {
                if (!track.leavesOut(nal)) {
                    byte[] bytes = new byte[nal.sizeBytes()];
                    nal.bytes().get(bytes);
                    media.writeBytes(ByteBuffer.allocate(4).putInt(bytes.length).array());
                    media.writeBytes(bytes);
                }
            }
            sizes.add(media.size() - before);
        }
        int headBytes = head(units, sizes, track, 0, media.size()).remaining();
        var head = head(units, sizes, track, headBytes, media.size());
        return ByteBuffer.allocate(head.remaining() + media.size())
                .put(head)
                .put(media.toByteArray())
                .array();
    }

    private static ByteBuffer head(
            List<AccessUnit> units, List<Integer> sizes, VideoTrack track, long from, int mediaBytes) {
        var samples = new ArrayList<SampleTable.Sample>();
        long offset = from;
        for (int i = 0; i < units.size(); i++) {
            samples.add(new SampleTable.Sample(
                    i * 90_000L / BarcodeDrone.RATE,
                    0,
                    offset,
                    sizes.get(i),
                    units.get(i).isIdr()));
            offset += sizes.get(i);
        }
        var out = new BoxWriter(1 << 16)
                .box("ftyp", box -> box.letters("isom").u32(0).letters("isom"));
        MovieBox.writeComplete(out, track, new SampleTable(samples, units.size() * 90_000L / BarcodeDrone.RATE));
        return out.u32(8 + mediaBytes).letters("mdat").finish();
    }
}
