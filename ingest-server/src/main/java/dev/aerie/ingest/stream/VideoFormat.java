package dev.aerie.ingest.stream;

import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameSize;
import dev.aerie.video.Sps;
import java.util.Optional;
import java.util.OptionalDouble;

/// The video format of a stream, from its sequence parameter set.
///
/// - `codec`: as browsers and SDP name it, `avc1.64001f`
/// - `framesPerSecond`: as announced, empty if the video does not contain it
public record VideoFormat(String codec, FrameSize size, OptionalDouble framesPerSecond) {

    /// Of a unit that holds a parameter set, which every IDR frame does; empty otherwise.
    static Optional<VideoFormat> of(AccessUnit unit) {
        return Sps.in(unit).map(sps -> new VideoFormat(sps.codec(), sps.size(), sps.framesPerSecond()));
    }
}
