package dev.aerie.cli.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aerie.rtsp.ffmpeg.FfmpegAccessUnits;
import dev.aerie.rtsp.ffmpeg.VideoInput;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Client of the storage service for one recording.
public final class ArchiveClient implements AutoCloseable {

    static final ObjectMapper JSON = new ObjectMapper();

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final URI storage;
    private final String recording;
    private final Optional<String> authorization;
    private final Optional<String> authorities;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();

    /// - `authorization`: the header of HTTP; empty for none
    /// - `authorities`: file of those to trust beside the JDK's (PEM), for FFmpeg, which reads the video
    public ArchiveClient(URI storage, String recording, Optional<String> authorization, Optional<String> authorities) {
        this.authorities = authorities;
        this.storage = storage;
        this.recording = recording;
        this.authorization = authorization;
    }

    /// Description of the recording; throws [IOException] with the server's message if there is none.
    public JsonNode describe() throws IOException {
        return JSON.readTree(get("")).path("recording");
    }

    /// Its frames in decoding order, with their identities.
    public FfmpegAccessUnits video(String stream) {
        var options = new HashMap<String, String>();
        authorization.ifPresent(value -> options.put("headers", "Authorization: " + value + "\r\n"));
        if ("https".equals(storage.getScheme())) {
            options.put("tls_verify", "1");
            authorities.ifPresent(file -> options.put("ca_file", file));
        }
        String url = resource("/video").toString();
        return new FfmpegAccessUnits(new VideoInput(stream, url, "", options, TIMEOUT, TIMEOUT));
    }

    /// Messages about the frames from `firstFrame` to `lastFrame`, by time.
    public List<JsonNode> messages(long firstFrame, long lastFrame, List<String> schemas) throws IOException {
        String kinds = schemas.stream()
                .map(schema -> "&schema=" + URLEncoder.encode(schema, StandardCharsets.UTF_8))
                .collect(Collectors.joining());
        var messages = new ArrayList<JsonNode>();
        for (String line : get("/messages?first=" + firstFrame + "&last=" + lastFrame + kinds)
                .lines()
                .toList()) {
            messages.add(JSON.readTree(line));
        }
        return messages;
    }

    @Override
    public void close() {
        http.close();
    }

    private String get(String path) throws IOException {
        var request = HttpRequest.newBuilder(resource(path)).timeout(TIMEOUT);
        authorization.ifPresent(value -> request.header("Authorization", value));
        try {
            var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException(reason(answer.statusCode(), answer.body()));
            }
            return answer.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private URI resource(String path) {
        return storage.resolve("/api/recordings/" + URLEncoder.encode(recording, StandardCharsets.UTF_8) + path);
    }

    private static String reason(int status, String body) {
        try {
            return JSON.readTree(body).path("detail").asText("the storage service answered " + status);
        } catch (IOException _) {
            return "the storage service answered " + status;
        }
    }
}
