package dev.aerie.ingest.stream;

import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameSize;
import dev.aerie.video.VideoCodec;
import dev.aerie.video.mp4.VideoTrack;
import java.util.Optional;
import java.util.OptionalDouble;

/// The video format of a stream, from its sequence parameter set.
///
/// - `videoCodec`: how it is coded
/// - `codec`: as browsers name it, `avc1.64001f`
/// - `framesPerSecond`: as announced, empty if the video does not contain it
public record VideoFormat(VideoCodec videoCodec, String codec, FrameSize size, OptionalDouble framesPerSecond) {

    /// Of a unit that holds its parameter sets, which every IDR frame does; empty otherwise.
    static Optional<VideoFormat> of(AccessUnit unit) {
        return VideoTrack.of(unit)
                .map(VideoTrack::format)
                .map(sps -> new VideoFormat(sps.videoCodec(), sps.codec(), sps.size(), sps.framesPerSecond()));
    }
}
