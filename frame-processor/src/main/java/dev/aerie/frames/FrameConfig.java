package dev.aerie.frames;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/// What an operator may set, typed; [FrameSettings] says it in words, with ranges and defaults.
@ConfigMapping(prefix = "frames")
interface FrameConfig {

    String bindHost();

    int apiPort();

    /// This replica's name in messages and queues, where one is given.
    Optional<String> instance();

    String rtspHost();

    int rtspPort();

    String frameProvider();

    Optional<String> rtspReadUsername();

    Optional<String> rtspReadPassword();

    Optional<String> rtspPublishUsername();

    Optional<String> rtspPublishPassword();

    Optional<String> streamName();

    Optional<String> go2rtcApi();

    Optional<String> go2rtcRtspUrl();

    String rabbitmqUrl();

    Optional<String> username();

    Optional<String> password();

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
