package dev.aerie.service.worker;

import dev.aerie.rtsp.RtspConfig;
import dev.aerie.rtsp.StreamSource;
import dev.aerie.service.stage.FrameObserver;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// How a service reads the streams that it works on; all of it is safe for several threads.
///
/// - `T`: [dev.aerie.video.VideoFrame] or [dev.aerie.video.AccessUnit]
/// - `location`: address and read options of a stream by its name
/// - `source`: opens the stream
/// - `random`: spreads the attempts to reconnect
/// - `observer`: told of each unit that was worked on
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

    /// One stream, located and not yet opened.
    public record Located<T>(
            RtspConfig config, StreamSource.Opener<T> opener, RandomGenerator random, FrameObserver observer) {

        /// Without an observer.
        public Located(RtspConfig config, StreamSource.Opener<T> opener, RandomGenerator random) {
            this(config, opener, random, FrameObserver.NONE);
        }
    }

    /// Locates a stream; may wait some seconds for the answer of a server.
    public Located<T> locate(String stream) {
        var config = location.apply(stream);
        return new Located<>(config, source.apply(config), random, observer);
    }
}
