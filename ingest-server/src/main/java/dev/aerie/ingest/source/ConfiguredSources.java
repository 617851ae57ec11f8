package dev.aerie.ingest.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.InvalidFieldException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads the sources to start with: a JSON object by stream as in `PUT /api/streams`, or `name=url,name=url` where
/// a URL is `rtsp://…`, `rtmp://…`, `srt://…`, `http://…`, `tcp://…`, `udp://…`, `file:PATH`, `webcam:DEVICE` or
/// `test:`.
public final class ConfiguredSources {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<LinkedHashMap<String, SourceSpec>> BY_STREAM = new TypeReference<>() {};

    private ConfiguredSources() {}

    /// Whether [#parse] accepts it.
    public static boolean isValid(String text) {
        try {
            parse(text);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /// By stream, in the order given. Throws [IllegalArgumentException] for anything else.
    public static Map<String, SourceSpec> parse(String text) {
        var sources = text.strip().startsWith("{") ? fromJson(text) : fromPairs(text);
        sources.keySet().forEach(FrameId::requireStreamName);
        return sources;
    }

    private static Map<String, SourceSpec> fromJson(String text) {
        try {
            return JSON.readValue(text, BY_STREAM);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a JSON object of sources by stream is expected", e);
        }
    }

    private static Map<String, SourceSpec> fromPairs(String text) {
        var sources = new LinkedHashMap<String, SourceSpec>();
        for (String pair : text.split(",", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("name=url,name=url is expected");
            }
            sources.put(
                    pair.substring(0, equals).strip(),
                    ofUrl(pair.substring(equals + 1).strip()));
        }
        return sources;
    }

    private static SourceSpec ofUrl(String url) {
        int colon = url.indexOf(':');
        String rest = url.substring(colon + 1);
        return switch (colon < 0 ? "" : url.substring(0, colon)) {
            case "rtsp", "rtsps" -> new SourceSpec.RtspPull(List.of(url), null);
            case "rtmp", "srt", "http", "tcp", "udp" -> new SourceSpec.NetworkPull(List.of(url));
            case "file" -> new SourceSpec.VideoFile(rest, null);
            case "webcam" -> new SourceSpec.Webcam(rest, null, null, null);
            case "test" -> new SourceSpec.TestPattern(null, null, null);
            default ->
                throw new InvalidFieldException(
                        "url",
                        "rtsp://…, rtmp://…, srt://…, http://…, tcp://…, udp://…, file:PATH, webcam:DEVICE or test:");
        };
    }
}
