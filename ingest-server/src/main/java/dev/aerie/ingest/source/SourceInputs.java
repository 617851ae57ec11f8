package dev.aerie.ingest.source;

import com.google.errorprone.annotations.MustBeClosed;
import dev.aerie.rtsp.RtspConfig;
import dev.aerie.rtsp.StreamSource;
import dev.aerie.rtsp.client.TcpUnits;
import dev.aerie.rtsp.ffmpeg.FfmpegAccessUnits;
import dev.aerie.rtsp.ffmpeg.Transcoder;
import dev.aerie.rtsp.ffmpeg.VideoDecoders;
import dev.aerie.rtsp.ffmpeg.VideoInput;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameSize;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/// Opens each kind of source.
public final class SourceInputs implements SourceInput.Opener {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final Duration stallAfter;
    private final LongSupplier unixNanos;
    private final SourceRules rules;
    private final VideoDecoders decoders;

    /// - `stallAfter`: a camera that is silent for this long is closed
    /// - `unixNanos`: the clock that stamps arrivals
    /// - `rules`: what may be read
    /// - `decoders`: whose device decodes what is not passed on as it is; not closed here
    public SourceInputs(Duration stallAfter, LongSupplier unixNanos, SourceRules rules, VideoDecoders decoders) {
        this.decoders = decoders;
        this.rules = rules;
        this.stallAfter = stallAfter;
        this.unixNanos = unixNanos;
    }

    @Override
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // each input closes what it was given
    public SourceInput open(String stream, SourceSpec spec, long attempt) throws IOException {
        return switch (spec) {
            case SourceSpec.RtspPull pull ->
                openFirst(pull.urls(), attempt, url -> openCamera(config(stream, pull, url)));
            case SourceSpec.NetworkPull pull -> openFirst(pull.urls(), attempt, url -> openNetwork(stream, url));
            case SourceSpec.VideoFile file ->
                PacedFile.open(() -> openFile(stream, rules.file(file.path())), file.loop(), unixNanos);
            case SourceSpec.Webcam webcam -> {
                var size = new FrameSize(webcam.width(), webcam.height());
                var input = VideoInput.webcam(stream, webcam.device(), size, webcam.fps());
                yield new LiveInput(Transcoder.open(input, decoders), unixNanos);
            }
            case SourceSpec.TestPattern frame -> new TestPatternInput(frame, unixNanos);
        };
    }

    /// The first URL that answers; each attempt begins with another one, because a camera may answer and stay
    /// silent.
    @SuppressWarnings("MustBeClosedChecker") // goes to the input, which closes it
    private SourceInput openFirst(List<String> urls, long attempt, UrlOpener opener) throws IOException {
        int count = urls.size();
        var failure = new IOException("no camera answers");
        for (int i = 0; i < count; i++) {
            String url = urls.get((int) ((attempt + i) % count));
            try {
                rules.hosts().require(url);
                return new LiveInput(opener.open(url), unixNanos);
            } catch (IOException e) {
                failure = new IOException(MaskedUrl.of(url) + ": " + e.getMessage(), e);
                if (Thread.currentThread().isInterrupted()) {
                    throw failure;
                }
            }
        }
        throw failure;
    }

    private interface UrlOpener {

        @MustBeClosed
        StreamSource<AccessUnit> open(String url) throws IOException;
    }

    @MustBeClosed
    private StreamSource<AccessUnit> openNetwork(String stream, String url) throws IOException {
        return new FfmpegAccessUnits(VideoInput.network(stream, url, CONNECT_TIMEOUT, stallAfter)).open();
    }

    /// FFmpeg's client knows more of what cameras do; ours verifies who serves `rtsps://`.
    @MustBeClosed
    private static StreamSource<AccessUnit> openCamera(RtspConfig config) throws IOException {
        if (!config.isSecure()) {
            return FfmpegAccessUnits.of(config).open();
        }
        if (config.transport() != RtspConfig.Transport.TCP) {
            throw new IOException("rtsps:// is read over TCP alone: datagrams would be in the clear");
        }
        return TcpUnits.live(config).open();
    }

    private RtspConfig config(String stream, SourceSpec.RtspPull pull, String url) {
        var transport = "udp".equals(pull.transport()) ? RtspConfig.Transport.UDP : RtspConfig.Transport.TCP;
        return RtspConfig.of(stream, url).withTransport(transport).withTimeouts(CONNECT_TIMEOUT, stallAfter);
    }

    /// Copies H.264 and H.265, encodes everything else.
    @MustBeClosed
    private StreamSource<AccessUnit> openFile(String stream, Path path) throws IOException {
        var input = VideoInput.file(stream, path);
        try {
            return new FfmpegAccessUnits(input).open();
        } catch (IOException other) {
            return Transcoder.open(input, decoders);
        }
    }
}
