package dev.aerie.frames.pipeline;

import dev.aerie.messages.FrameResult;
import dev.aerie.messages.Producer;
import dev.aerie.rtsp.RtspConfig;
import dev.aerie.rtsp.StreamSource;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.track.VideoTracker;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// What the work on every stream is made of; all of it is safe for several threads.
///
/// - `location`: where a stream of this name is and how it is read
/// - `source`: opens its pictures
/// - `trackers`: makes one tracker per stream
/// - `publish`: takes each result; never blocks
/// - `producer`: who we are, without the model
public record Pipeline(
        Function<String, RtspConfig> location,
        Function<RtspConfig, StreamSource.Opener<VideoFrame>> source,
        VideoTracker.Factory trackers,
        Consumer<FrameResult> publish,
        Producer producer,
        InstantSource clock,
        RandomGenerator random) {}
