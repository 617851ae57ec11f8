package dev.aerie.storage.work;

import dev.aerie.rtsp.RtspConfig;
import dev.aerie.rtsp.StreamSource;
import dev.aerie.storage.segment.Recorder;
import dev.aerie.video.AccessUnit;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// What the recording of every stream is made of; all of it is safe for several threads.
///
/// - `location`: where a stream of this name is and how it is read
/// - `source`: opens its access units
/// - `recorder`: begins to keep a session
public record RecordingSetup(
        Function<String, RtspConfig> location,
        Function<RtspConfig, StreamSource.Opener<AccessUnit>> source,
        Begin recorder,
        RandomGenerator random) {

    /// Begins to keep a session of a stream.
    public interface Begin {
        Recorder start(String stream, String session);
    }
}
