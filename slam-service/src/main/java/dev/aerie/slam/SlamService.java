package dev.aerie.slam;

import dev.aerie.natives.NativeLibraries;
import dev.aerie.opencv.OpenCv;
import dev.aerie.rtsp.ffmpeg.FfmpegLibraries;
import dev.aerie.service.config.MappedSettings;
import dev.aerie.service.consumer.ConsumerSettings;
import dev.aerie.settings.Settings;
import dev.aerie.vision.onnx.OnnxLibraries;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;
import java.util.Map;

/// Starts the slam-service: checks what the operator set, then follows cameras until it is told to stop.
///
/// A stream comes from the work queue, its frames from the relay (`.pipeline`); an engine (`.engine`) makes
/// poses of them, which go out on the bus, into a ring in memory and into files (`.output`). [SlamWiring] puts
/// it together.
@QuarkusMain
public final class SlamService {

    static final Settings SETTINGS = MappedSettings.of(SlamConfig.class);

    /// The value of SLAM_DENSE that runs networks.
    private static final String NETWORKS = "slam3r";

    private SlamService() {}

    /// Exits with 2 and one line on standard error where a variable has a value it may not have, or a native library
    /// cannot be loaded.
    public static void main(String... arguments) {
        SETTINGS.startWith(SlamService::check);
        NativeLibraries.of(FfmpegLibraries.VIDEO)
                .with(OpenCv.VISION)
                .with(List.of(OpenCv.FEATURES_2D))
                .with(NETWORKS.equals(System.getenv("SLAM_DENSE")) ? List.of(OnnxLibraries.RUNTIME) : List.of())
                .startWith("slam-service", arguments);
        Quarkus.run(arguments);
    }

    /// Throws [InvalidSettingException] for a wrong variable, or for a service that would stand open to a
    /// network.
    static void check(Map<String, String> environment) {
        ConsumerSettings.check(SETTINGS, environment);
    }
}
