package dev.aerie.slam.pipeline;

import dev.aerie.messages.CameraPose;
import dev.aerie.messages.Producer;
import dev.aerie.rtsp.RtspConfig;
import dev.aerie.rtsp.StreamSource;
import dev.aerie.slam.camera.CalibrationSource;
import dev.aerie.slam.dense.DenseBackEnd;
import dev.aerie.slam.engine.SlamEngine;
import dev.aerie.slam.output.KeyframeWriter;
import dev.aerie.video.VideoFrame;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// What the work on every stream is made of; all of it is safe for several threads.
///
/// - `location`: where a stream of this name is and how it is read
/// - `source`: opens its frames
/// - `dense`: makes surfaces of keyframes, where that is wanted
/// - `frameSkip`: one frame of so many is looked at, 1 for all
/// - `publish`: takes each pose; never blocks
/// - `keyframes`, `storage`: where files go; `ringFolder`: where the rings of poses lie
public record SlamContext(
        Function<String, RtspConfig> location,
        Function<RtspConfig, StreamSource.Opener<VideoFrame>> source,
        CalibrationSource calibrations,
        SlamEngine.Factory engines,
        Optional<DenseBackEnd.Factory> dense,
        int frameSkip,
        Consumer<CameraPose> publish,
        KeyframeWriter keyframes,
        Path storage,
        Path ringFolder,
        Producer producer,
        InstantSource clock,
        RandomGenerator random) {}
