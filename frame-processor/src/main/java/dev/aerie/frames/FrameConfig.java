package dev.aerie.frames;

import dev.aerie.service.consumer.ConsumerConfig;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.Optional;

/// What an operator may set, typed; [FrameSettings] says it in words, with ranges and defaults.
@ConfigMapping(prefix = "frames")
interface FrameConfig {

    @WithParentName
    ConsumerConfig consumer();

    String frameProvider();

    Optional<String> rtspPublishUsername();

    Optional<String> rtspPublishPassword();

    Optional<String> modelsDir();

    String device();

    int inferenceThreads();

    int gpuMemoryLimitMb();

    String trackerType();

    String sam2Model();

    int sam2Size();

    String sam2Precision();

    boolean vosOptimized();

    String detector();

    String detectClasses();

    boolean videoMode();

    int bufferSize();

    String promptStrategy();

    int repromptInterval();

    int maxObjects();

    int streamTimeout();

    String textPrompt();

    Optional<String> textModelDir();

    double textBoxThreshold();

    double textThreshold();

    Optional<String> statePath();

    double processingFps();

    int capacity();

    String identifyApi();

    Optional<String> identifyUrl();

    Optional<String> identifyKey();

    String identifyModel();

    int identifyPerMinute();

    int identifyTimeout();

    Optional<String> detectionsDir();

    int detectionsMax();

    Optional<String> workerStatsFile();
}
