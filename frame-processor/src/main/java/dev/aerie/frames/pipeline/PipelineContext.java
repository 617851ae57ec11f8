package dev.aerie.frames.pipeline;

import dev.aerie.messages.FrameResult;
import dev.aerie.messages.Producer;
import dev.aerie.service.worker.StreamInput;
import dev.aerie.video.VideoFrame;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;

/// What the work on every stream is made of; all of it is safe for several threads.
///
/// - `input`: how its streams are read
/// - `trackers`: makes one tracker per stream
/// - `states`: where what they remember is kept for another replica
/// - `publish`: takes each result; never blocks
/// - `sinks`: what else is done with frames that were looked at
/// - `forgetAfter`: silence after which a stream's objects are forgotten
/// - `maxLoad`: largest fraction of the time spent on one stream, 0..1 or infinite; beyond it frames are dropped, see [LoadLimiter]
/// - `producer`: who we are, without the model
public record PipelineContext(
        StreamInput<VideoFrame> input,
        VideoTrackerFactory trackers,
        StateStore states,
        Consumer<FrameResult> publish,
        StreamSink.Factory sinks,
        Duration forgetAfter,
        double maxLoad,
        Producer producer,
        InstantSource clock) {}
