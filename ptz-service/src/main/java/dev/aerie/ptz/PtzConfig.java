package dev.aerie.ptz;

import dev.aerie.ptz.tracks.TrackerChoice;
import dev.aerie.service.config.DecodingConfig;
import dev.aerie.service.config.InferenceConfig;
import dev.aerie.service.config.Variable;
import dev.aerie.service.consumer.ConsumerConfig;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// The environment variables of the ptz-service; the table in docs/configuration.md is made from it.
@ConfigMapping(prefix = "ptz")
@RegisterForReflection
interface PtzConfig {

    @WithParentName
    ConsumerConfig consumer();

    @WithParentName
    InferenceConfig inference();

    @WithParentName
    DecodingConfig decoding();

    @WithDefault("${API_PORT:5005}")
    @Variable(value = "HTTP port; 0 for a free one", min = 0, max = 65_535)
    int apiPort();

    @WithDefault("${PTZ_CONFIG:}")
    @Variable(
            value = "camera_settings.json with the cameras to steer; empty takes CAMERA_CONFIG if that is such a file,"
                    + " else steers none",
            exists = true,
            allowed = "a file that is there")
    Optional<Path> config();

    @WithDefault("${CAMERA_CONFIG:}")
    @Variable(
            value = "camera_settings.json that slam-service reads, too; a calibration file is ignored here",
            exists = true,
            allowed = "a file or folder that is there")
    Optional<Path> cameraConfig();

    @WithDefault("${PTZ_OPERATOR_TIMEOUT:10}s")
    @Variable(
            value = "time after a person's last command until the camera moves automatically again",
            unit = "s",
            min = 1,
            max = 3600)
    Duration operatorTimeout();

    @WithDefault("${PTZ_COMMANDS_PER_SECOND:20}")
    @Variable(
            value = "maximum rate of commands to a camera; a newer command replaces the one that waits",
            unit = "1/s",
            min = 0.5,
            max = 50)
    double commandsPerSecond();

    @WithDefault("${PTZ_DETECTOR:auto}")
    @Variable(
            value = "detector of targets: `motion` finds whatever moves, `none` nothing; else a model of the manifest,"
                    + " or the path of an ONNX export, relative to MODELS_DIR; `auto` takes yolox_nano or nanodet if it"
                    + " is installed, else motion",
            pattern = "auto|motion|none|yolox_nano|nanodet|.*\\.onnx",
            allowed = "auto, motion, none, yolox_nano, nanodet, or a path that ends in .onnx")
    String detector();

    @WithDefault("${PTZ_DETECTOR_SIZE:640}")
    @Variable(
            value = "long side of the picture that the model of PTZ_DETECTOR sees, in pixels, where it takes any size",
            choices = {"320", "416", "512", "640", "768", "960", "1280", "1600", "1920"})
    int detectorSize();

    @WithDefault("${PTZ_DETECT_FPS:10}")
    @Variable(value = "maximum detections per second of a stream", unit = "1/s", min = 0.5, max = 60)
    double detectFps();

    @WithDefault("${PTZ_TRACKER:bytetrack}")
    @Variable("tracker of the boxes that are detected")
    TrackerChoice tracker();

    @WithDefault("${PTZ_MODE:follow}")
    @Variable(
            value = "initial mode of cameras: `follow` the most interesting target, frame the `group`,"
                    + " follow the fastest (`runner`), visit their presets (`tour`), `hold`, or nothing"
                    + " (`manual`)",
            choices = {"follow", "group", "runner", "tour", "hold", "manual"})
    String mode();

    @WithDefault("${PTZ_STATE_PATH:}")
    @Variable("folder where identities and calibrations are kept over restarts, `~` is the home directory; empty for"
            + " `~/.aerie/ptz`")
    Optional<String> statePath();
}
