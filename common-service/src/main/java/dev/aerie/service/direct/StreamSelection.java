package dev.aerie.service.direct;

import dev.aerie.rtsp.DirectStreamAddress;
import dev.aerie.rtsp.LocalSession;
import dev.aerie.rtsp.RelayAddress;
import dev.aerie.rtsp.RtspConfig;
import dev.aerie.rtsp.gortc.Go2rtcAddress;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The streams of a worker: those that the work queue assigns, read from the relay, or the single stream of
/// `STREAM_NAME`.
///
/// Safe for several threads.
public final class StreamSelection {

    private final UnaryOperator<String> urlOf;
    private final Optional<DirectStreamAddress> own;
    private final boolean atRelay;
    private volatile @Nullable String session;

    private StreamSelection(UnaryOperator<String> urlOf, Optional<DirectStreamAddress> own, boolean atRelay) {
        this.urlOf = urlOf;
        this.own = own;
        this.atRelay = atRelay;
    }

    /// The streams that the work queue assigns, read from the relay.
    public static StreamSelection atRelay(RelayAddress relay) {
        return new StreamSelection(relay::urlOf, Optional.empty(), true);
    }

    /// One stream without a work queue: at its own address, at go2rtc, or at the relay.
    public static StreamSelection own(DirectStreamAddress address, RelayAddress relay, Optional<Go2rtcAddress> go2rtc) {
        UnaryOperator<String> byName =
                stream -> go2rtc.map(server -> server.urlOf(stream, relay)).orElseGet(() -> relay.urlOf(stream));
        return new StreamSelection(
                stream -> address.url().orElseGet(() -> byName.apply(stream)),
                Optional.of(address),
                address.url().isEmpty() && go2rtc.isEmpty());
    }

    /// As a worker's settings configure it.
    ///
    /// - `streamName`: a name or an `rtsp://` address; empty for streams of the work queue
    /// - `go2rtcApi`, `go2rtcRtspUrl`: see [Go2rtcAddress]; empty for the relay
    public static StreamSelection of(
            RelayAddress relay,
            Optional<String> streamName,
            Optional<String> go2rtcApi,
            Optional<String> go2rtcRtspUrl) {
        return streamName
                .map(DirectStreamAddress::parse)
                .map(address -> own(address, relay, go2rtcApi.map(api -> Go2rtcAddress.of(api, go2rtcRtspUrl))))
                .orElseGet(() -> atRelay(relay));
    }

    /// The stream of `STREAM_NAME`; empty if the worker uses the work queue.
    public Optional<String> ownStream() {
        return own.map(DirectStreamAddress::stream);
    }

    /// Whether the streams are read from our relay, rather than from cameras and foreign servers.
    public boolean isAtRelay() {
        return atRelay;
    }

    /// The address of the stream and how to read it. May ask go2rtc and wait some seconds for its answer.
    public RtspConfig locate(String stream) {
        var config = RtspConfig.of(stream, urlOf.apply(stream));
        String now = session;
        return now == null ? config : config.withLocalSession(now);
    }

    /// Begins a session of the worker's single stream and returns its name.
    String beginSession(InstantSource clock, RandomGenerator random) {
        String begun = LocalSession.nextName(clock, random);
        session = begun;
        return begun;
    }
}
