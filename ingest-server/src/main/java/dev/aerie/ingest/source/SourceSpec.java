package dev.aerie.ingest.source;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.aerie.ingest.source.SourceSpec.NetworkPull;
import dev.aerie.ingest.source.SourceSpec.RtspPull;
import dev.aerie.ingest.source.SourceSpec.TestPattern;
import dev.aerie.ingest.source.SourceSpec.VideoFile;
import dev.aerie.ingest.source.SourceSpec.Webcam;
import dev.aerie.messages.InvalidFieldException;
import dev.aerie.rtsp.ffmpeg.WebcamSystem;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The input of a stream; in JSON distinguished by `type`. Throws [InvalidFieldException] for an invalid value.
@RegisterForReflection(targets = {RtspPull.class, NetworkPull.class, VideoFile.class, Webcam.class, TestPattern.class})
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RtspPull.class, name = "rtsp"),
    @JsonSubTypes.Type(value = NetworkPull.class, name = "network"),
    @JsonSubTypes.Type(value = VideoFile.class, name = "file"),
    @JsonSubTypes.Type(value = Webcam.class, name = "webcam"),
    @JsonSubTypes.Type(value = TestPattern.class, name = "test")
})
public sealed interface SourceSpec {

    int MAX_URLS = 8;
    int MAX_SIDE_PIXELS = 4096;
    int MAX_FRAMES_PER_SECOND = 120;

    /// For users and logs: without user and password.
    String describe();

    /// As in JSON.
    default String type() {
        return switch (this) {
            case RtspPull _ -> "rtsp";
            case NetworkPull _ -> "network";
            case VideoFile _ -> "file";
            case Webcam _ -> "webcam";
            case TestPattern _ -> "test";
        };
    }

    private static List<String> checked(@Nullable List<String> urls, Predicate<String> isReadable, String expected) {
        if (urls == null || urls.isEmpty() || urls.size() > MAX_URLS) {
            throw new InvalidFieldException("urls", "a list of 1.." + MAX_URLS + " URLs");
        }
        if (!urls.stream().allMatch(isReadable)) {
            throw new InvalidFieldException("urls", expected);
        }
        return List.copyOf(urls);
    }

    private static String masked(List<String> urls) {
        return urls.stream().map(MaskedUrl::of).collect(Collectors.joining(", "));
    }

    /// Pulls from a camera; the second URL is tried when the first fails, and so on.
    ///
    /// - `urls`: `rtsp://user:password@host/path`, 1..8 of them
    /// - `transport`: `tcp` (default) or `udp`
    record RtspPull(List<String> urls, String transport) implements SourceSpec {

        public RtspPull(@Nullable List<String> urls, @Nullable String transport) {
            this.urls = checked(urls, RtspPull::isRtsp, "rtsp://[user:password@]host[:port]/path, each");
            this.transport = transport == null ? "tcp" : transport;
            if (!List.of("tcp", "udp").contains(this.transport)) {
                throw new InvalidFieldException("transport", "tcp or udp");
            }
        }

        @Override
        public String describe() {
            return masked(urls);
        }

        @Override
        public String toString() {
            return describe();
        }

        private static boolean isRtsp(@Nullable String url) {
            try {
                var uri = URI.create(String.valueOf(url));
                return ("rtsp".equals(uri.getScheme()) || "rtsps".equals(uri.getScheme())) && uri.getHost() != null;
            } catch (IllegalArgumentException _) {
                return false;
            }
        }
    }

    /// Pulls H.264 or H.265 by another protocol than RTSP; the second URL is tried when the first fails, and so on.
    ///
    /// - `urls`: 1..8 of `rtmp://host/app/key`, `srt://host:port`, `http://host/path` (MPEG-TS, FLV, MP4 or
    ///   Matroska), `tcp://host:port` and `udp://address:port` (MPEG-TS; an address of this machine, or a group's)
    record NetworkPull(List<String> urls) implements SourceSpec {

        private static final String EXPECTED =
                "rtmp://host/app/key, srt://host:port, http://host/path, tcp://host:port or udp://address:port, each";

        /// Those of FFmpeg's options that a URL may have: others make it listen, or write files.
        private static final Pattern SRT_QUERY = Pattern.compile(
                "((streamid|passphrase|pbkeylen|latency)=[^&]*)(&(streamid|passphrase|pbkeylen|latency)=[^&]*)*");

        public NetworkPull(@Nullable List<String> urls) {
            this.urls = checked(urls, NetworkPull::isReadable, EXPECTED);
        }

        @Override
        public String describe() {
            return masked(urls);
        }

        @Override
        public String toString() {
            return describe();
        }

        private static boolean isReadable(@Nullable String url) {
            try {
                var uri = URI.create(String.valueOf(url));
                String query = uri.getRawQuery();
                return uri.getHost() != null
                        && switch (String.valueOf(uri.getScheme())) {
                            case "rtmp", "http" -> true;
                            case "srt" ->
                                uri.getPort() > 0
                                        && (query == null
                                                || SRT_QUERY.matcher(query).matches());
                            case "tcp", "udp" -> uri.getPort() > 0 && query == null;
                            default -> false;
                        };
            } catch (IllegalArgumentException _) {
                return false;
            }
        }
    }

    /// Plays a video file at its own rate; one that is not H.264 is transcoded.
    ///
    /// - `path`: of a file on the server, below SOURCE_FILES
    /// - `loop`: true (default): repeated endlessly; false: played once
    record VideoFile(String path, Boolean loop) implements SourceSpec {

        public VideoFile(@Nullable String path, @Nullable Boolean loop) {
            if (path == null || path.isBlank() || path.contains("://") || !isPath(path)) {
                throw new InvalidFieldException("path", "the path of a video file on the server");
            }
            this.path = path;
            this.loop = loop == null || loop;
        }

        @Override
        public String describe() {
            return "file " + path;
        }

        /// Control characters in a file name are a mistake, and a NUL is invalid.
        private static boolean isPath(String text) {
            try {
                var _ = Path.of(text);
                return text.chars().noneMatch(Character::isISOControl);
            } catch (InvalidPathException _) {
                return false;
            }
        }
    }

    /// A camera of this machine, encoded here; `device` as [WebcamSystem] has it.
    record Webcam(String device, Integer width, Integer height, Integer fps) implements SourceSpec {

        private static final int DEFAULT_WIDTH_PIXELS = 1280;
        private static final int DEFAULT_HEIGHT_PIXELS = 720;

        public Webcam(
                @Nullable String device, @Nullable Integer width, @Nullable Integer height, @Nullable Integer fps) {
            var system = WebcamSystem.here();
            if (device == null || !system.accepts(device)) {
                throw new InvalidFieldException("device", system.expected());
            }
            this.device = device;
            this.width = side("width", width, DEFAULT_WIDTH_PIXELS);
            this.height = side("height", height, DEFAULT_HEIGHT_PIXELS);
            this.fps = rate(fps);
        }

        @Override
        public String describe() {
            return "webcam " + device;
        }
    }

    /// A generated moving image with a frame counter.
    record TestPattern(Integer width, Integer height, Integer fps) implements SourceSpec {

        private static final int DEFAULT_WIDTH_PIXELS = 640;
        private static final int DEFAULT_HEIGHT_PIXELS = 360;

        public TestPattern(@Nullable Integer width, @Nullable Integer height, @Nullable Integer fps) {
            this.width = side("width", width, DEFAULT_WIDTH_PIXELS);
            this.height = side("height", height, DEFAULT_HEIGHT_PIXELS);
            this.fps = rate(fps);
        }

        @Override
        public String describe() {
            return "test pattern " + width + " × " + height;
        }
    }

    private static Integer side(String field, @Nullable Integer pixels, int fallback) {
        int value = pixels == null ? fallback : pixels;
        if (value < 64 || value > MAX_SIDE_PIXELS || value % 2 != 0) {
            throw new InvalidFieldException(field, "an even number, 64.." + MAX_SIDE_PIXELS + " pixels");
        }
        return value;
    }

    private static Integer rate(@Nullable Integer framesPerSecond) {
        int value = framesPerSecond == null ? 30 : framesPerSecond;
        if (value < 1 || value > MAX_FRAMES_PER_SECOND) {
            throw new InvalidFieldException("fps", "1.." + MAX_FRAMES_PER_SECOND + " frames per second");
        }
        return value;
    }
}
