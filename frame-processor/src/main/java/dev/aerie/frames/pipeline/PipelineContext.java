package dev.aerie.frames.pipeline;

import dev.aerie.messages.FrameResult;
import dev.aerie.messages.Producer;
import dev.aerie.service.worker.StreamInput;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.tracker.VideoTrackerFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;

/// What the pipelines of all streams share; all of it is safe for several threads.
///
/// - `input`: how its streams are read
/// - `trackers`: makes one tracker per stream
/// - `states`: stores the trackers' state for another replica
/// - `publish`: takes each result; never blocks
/// - `sinks`: further consumers of processed frames
/// - `forgetAfter`: time without a frame after which a stream's tracks end
/// - `maxLoad`: largest fraction of the time spent on one stream, 0..1 or infinite; beyond it frames are dropped, see
///   [LoadLimiter]
/// - `producer`: as messages name this service, without the model
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
