package dev.aerie.ingest.stream;

import dev.aerie.video.AccessUnit;
import dev.aerie.video.PictureSize;
import dev.aerie.video.Sps;
import java.util.Optional;
import java.util.OptionalDouble;

/// What a stream's pictures have in common, as its sequence parameter set says.
///
/// - `codec`: as browsers and SDP name it, `avc1.64001f`
/// - `framesPerSecond`: as announced, empty where the video does not say
public record VideoFormat(String codec, PictureSize size, OptionalDouble framesPerSecond) {

    /// Of a unit that holds a parameter set, which every IDR picture does; empty otherwise.
    static Optional<VideoFormat> of(AccessUnit unit) {
        return Sps.in(unit).map(sps -> new VideoFormat(sps.codec(), sps.size(), sps.framesPerSecond()));
    }
}
