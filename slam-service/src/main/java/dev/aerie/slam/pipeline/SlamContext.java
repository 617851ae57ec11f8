package dev.aerie.slam.pipeline;

import dev.aerie.messages.CameraPose;
import dev.aerie.messages.Producer;
import dev.aerie.service.worker.StreamInput;
import dev.aerie.slam.camera.CalibrationSource;
import dev.aerie.slam.dense.DenseBackEnd;
import dev.aerie.slam.engine.SlamEngine;
import dev.aerie.slam.output.KeyframeWriter;
import dev.aerie.video.VideoFrame;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// What the work on every stream is made of; all of it is safe for several threads.
///
/// - `input`: how its streams are read
/// - `dense`: makes surfaces of keyframes, where that is wanted
/// - `maskLabels`: labels of objects that may move: nothing is mapped on them
/// - `frameSkip`: every Nth frame is processed, 1 for all; `maxFps`: and at most so many of a second
/// - `publish`: takes each pose; never blocks
/// - `keyframes`, `storage`: where files go; `ringFolder`: where the rings of poses lie
public record SlamContext(
        StreamInput<VideoFrame> input,
        CalibrationSource calibrations,
        SlamEngine.Factory engines,
        Optional<DenseBackEnd.Factory> dense,
        Set<String> maskLabels,
        int frameSkip,
        double maxFps,
        Consumer<CameraPose> publish,
        KeyframeWriter keyframes,
        Path storage,
        Path ringFolder,
        Producer producer,
        InstantSource clock) {}
