package dev.aerie.service.worker;

import dev.aerie.rtsp.RtspConfig;
import dev.aerie.rtsp.StreamSource;
import dev.aerie.service.stage.FrameObserver;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// How a service reads its streams. All parts are safe for several threads.
///
/// - `T`: [dev.aerie.video.VideoFrame] or [dev.aerie.video.AccessUnit]
/// - `location`: returns the address and read options of a stream by its name
/// - `source`: opens the stream
/// - `random`: spreads reconnection attempts over time
/// - `observer`: notified of each processed unit
public record StreamInput<T>(
        Function<String, RtspConfig> location,
        Function<RtspConfig, StreamSource.Opener<T>> source,
        RandomGenerator random,
        FrameObserver observer) {

    /// Without an observer.
    public StreamInput(
            Function<String, RtspConfig> location,
            Function<RtspConfig, StreamSource.Opener<T>> source,
            RandomGenerator random) {
        this(location, source, random, FrameObserver.NONE);
    }

    /// One stream whose address is known, not yet opened.
    public record Located<T>(
            RtspConfig config, StreamSource.Opener<T> opener, RandomGenerator random, FrameObserver observer) {

        /// Without an observer.
        public Located(RtspConfig config, StreamSource.Opener<T> opener, RandomGenerator random) {
            this(config, opener, random, FrameObserver.NONE);
        }
    }

    /// Finds the address of a stream; may wait some seconds for the answer of a server.
    public Located<T> locate(String stream) {
        var config = location.apply(stream);
        return new Located<>(config, source.apply(config), random, observer);
    }
}
