package dev.aerie.storage.upload;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// An object store with one bucket, written from the published protocol (S3 API: multipart uploads, HEAD, GET).
/// Signatures and checksums of every request are checked; what fails can be chosen.
final class StandInStore implements AutoCloseable {

    static final String BUCKET = "aerie";
    static final String ACCESS = "AKTESTER";
    static final String SECRET = "not-for-any-log";
    static final String REGION = "eu-test-1";

    private static final int PARTS_PER_PAGE = 2;

    private static final Pattern PART =
            Pattern.compile("<PartNumber>(\\d+)</PartNumber>.*?<ETag>\"?([^<\"]+)\"?</ETag>");

    private final SignatureV4 signature = new SignatureV4(ACCESS, SECRET, REGION);
    private final HttpServer server;
    private final Map<String, Stored> objects = new ConcurrentHashMap<>();
    private final Map<String, NavigableMap<Integer, byte[]>> uploads = new ConcurrentHashMap<>();
    private final Map<String, String> digests = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger ids = new AtomicInteger();
    private volatile Predicate<String> refuses = _ -> false;
    private volatile boolean damages;

    private static final class Stored {
        private final byte[] bytes;
        private final String etag;
        private final String sha256;

        Stored(byte[] bytes, String etag, String sha256) {
            this.bytes = bytes;
            this.etag = etag;
            this.sha256 = sha256;
        }
    }

    StandInStore() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    BucketAddress address() {
        return address(SECRET);
    }

    BucketAddress address(String secret) {
        return new BucketAddress("http://127.0.0.1:" + server.getAddress().getPort(), REGION, BUCKET, ACCESS, secret);
    }

    /// Answers 503 to requests that are so: `PUT part 2`, `POST begin`, `POST complete`, `GET parts`, `HEAD`, `GET`.
    void refuse(Predicate<String> requestsThat) {
        refuses = requestsThat;
    }

    /// Turns a bit of every object that is put together from now on.
    void damage() {
        damages = true;
    }

    List<String> requests() {
        return List.copyOf(requests);
    }

    byte[] object(String key) {
        return Objects.requireNonNull(objects.get(key), key).bytes;
    }

    boolean has(String key) {
        return objects.containsKey(key);
    }

    /// The checksum that came with an object.
    String sha256Of(String key) {
        return Objects.requireNonNull(objects.get(key), key).sha256;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            try {
                signature.require(exchange, body);
                String query =
                        Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), "");
                String what = what(exchange.getRequestMethod(), query);
                requests.add(what);
                if (refuses.test(what)) {
                    throw new Refusal(503, "SlowDown");
                }
                serve(exchange, key(exchange), query, body);
            } catch (Refusal e) {
                String error = "<Error><Code>" + e.code() + "</Code><Message>refused</Message></Error>";
                send(exchange, e.status(), exchange.getRequestMethod().equals("HEAD") ? "" : error);
            }
        }
    }

    private void serve(HttpExchange exchange, String key, String query, byte[] body) throws IOException, Refusal {
        Map<String, String> parameters = parameters(query);
        String upload = parameters.getOrDefault("uploadId", "");
        switch (exchange.getRequestMethod()) {
            case "POST" -> {
                if (upload.isEmpty()) {
                    begin(exchange, key);
                } else {
                    complete(exchange, key, upload, new String(body, StandardCharsets.UTF_8));
                }
            }
            case "PUT" -> {
                parts(upload).put(Integer.parseInt(parameters.get("partNumber")), body);
                exchange.getResponseHeaders().add("ETag", "\"" + md5(body) + "\"");
                send(exchange, 200, "");
            }
            case "HEAD" -> head(exchange, key);
            default -> {
                if (upload.isEmpty()) {
                    exchange.sendResponseHeaders(200, object(key).length);
                    exchange.getResponseBody().write(object(key));
                } else {
                    list(exchange, key, upload, Integer.parseInt(parameters.getOrDefault("part-number-marker", "0")));
                }
            }
        }
    }

    private void begin(HttpExchange exchange, String key) throws IOException {
        String id = "upload-" + ids.incrementAndGet();
        uploads.put(id, new TreeMap<>());
        digests.put(key, exchange.getRequestHeaders().getFirst("x-amz-meta-sha256"));
        send(exchange, 200, """
                <InitiateMultipartUploadResult><Bucket>%s</Bucket><Key>%s</Key><UploadId>%s</UploadId>\
                </InitiateMultipartUploadResult>""".formatted(BUCKET, key, id));
    }

    /// Pages are short, so that whoever asks has to ask on.
    private void list(HttpExchange exchange, String key, String upload, int after) throws IOException, Refusal {
        var rest = parts(upload).tailMap(after, false);
        var page = rest.keySet().stream().limit(PARTS_PER_PAGE).toList();
        String parts = page.stream()
                .map(number -> """
                        <Part><PartNumber>%d</PartNumber><LastModified>2025-11-21T12:00:00.000Z</LastModified>\
                        <ETag>"%s"</ETag><Size>%d</Size></Part>""".formatted(number, md5(rest.get(number)), rest.get(number).length))
                .collect(Collectors.joining());
        send(exchange, 200, """
                <ListPartsResult><Bucket>%s</Bucket><Key>%s</Key><UploadId>%s</UploadId>\
                <Initiator><ID>tester</ID><DisplayName>tester</DisplayName></Initiator>\
                <Owner><ID>tester</ID><DisplayName>tester</DisplayName></Owner><StorageClass>STANDARD</StorageClass>\
                <PartNumberMarker>%d</PartNumberMarker><NextPartNumberMarker>%d</NextPartNumberMarker>\
                <MaxParts>%d</MaxParts><IsTruncated>%s</IsTruncated>%s</ListPartsResult>""".formatted(
                        BUCKET,
                        key,
                        upload,
                        after,
                        page.isEmpty() ? after : page.getLast(),
                        PARTS_PER_PAGE,
                        rest.size() > page.size(),
                        parts));
    }

    private void complete(HttpExchange exchange, String key, String upload, String wanted) throws IOException, Refusal {
        var whole = new ByteArrayOutputStream();
        var sums = new ByteArrayOutputStream();
        var matcher = PART.matcher(wanted);
        int count = 0;
        while (matcher.find()) {
            byte[] part = parts(upload).get(Integer.parseInt(matcher.group(1)));
            if (part == null || !md5(part).equals(matcher.group(2))) {
                throw new Refusal(400, "InvalidPart");
            }
            whole.writeBytes(part);
            sums.writeBytes(HexFormat.of().parseHex(md5(part)));
            count++;
        }
        byte[] bytes = whole.toByteArray();
        String etag = damages ? md5(bytes) + "-" + count : md5(sums.toByteArray()) + "-" + count;
        objects.put(key, new Stored(bytes, etag, digests.getOrDefault(key, "")));
        uploads.remove(upload);
        send(exchange, 200, """
                <CompleteMultipartUploadResult><Location>x</Location><Bucket>%s</Bucket><Key>%s</Key><ETag>"%s"</ETag>\
                </CompleteMultipartUploadResult>""".formatted(BUCKET, key, etag));
    }

    private void head(HttpExchange exchange, String key) throws IOException, Refusal {
        Stored stored = objects.get(key);
        if (stored == null) {
            throw new Refusal(404, "NoSuchKey");
        }
        var headers = exchange.getResponseHeaders();
        headers.add("ETag", "\"" + stored.etag + "\"");
        headers.add("Last-Modified", "Fri, 21 Nov 2025 12:00:00 GMT");
        headers.add("Content-Length", Integer.toString(stored.bytes.length));
        exchange.sendResponseHeaders(200, -1);
    }

    private NavigableMap<Integer, byte[]> parts(String upload) throws Refusal {
        var parts = uploads.get(upload);
        if (parts == null) {
            throw new Refusal(404, "NoSuchUpload");
        }
        return parts;
    }

    private static String what(String method, String query) {
        return switch (method) {
            case "PUT" -> "PUT part " + parameters(query).get("partNumber");
            case "POST" -> query.contains("uploadId") ? "POST complete" : "POST begin";
            case "GET" -> query.contains("uploadId") ? "GET parts" : "GET";
            default -> method;
        };
    }

    private static Map<String, String> parameters(String query) {
        return Arrays.stream(query.split("&"))
                .map(part -> part.split("=", 2))
                .collect(Collectors.toMap(part -> part[0], part -> part.length > 1 ? part[1] : "", (one, _) -> one));
    }

    private static String key(HttpExchange exchange) throws Refusal {
        String path = exchange.getRequestURI().getPath();
        if (!path.startsWith("/" + BUCKET + "/")) {
            throw new Refusal(404, "NoSuchBucket");
        }
        return path.substring(BUCKET.length() + 2);
    }

    private static void send(HttpExchange exchange, int status, String xml) throws IOException {
        byte[] body = xml.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/xml");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    static String md5(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
