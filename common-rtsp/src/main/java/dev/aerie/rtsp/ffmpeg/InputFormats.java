package dev.aerie.rtsp.ffmpeg;

import static org.bytedeco.ffmpeg.global.avformat.av_find_input_format;

import dev.aerie.natives.NativeLibraries;
import dev.aerie.natives.NativeLibrary;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;

/// Finds input formats by FFmpeg's names for them.
///
/// Formats of streams and files are found without FFmpeg's device library, which is loaded for the first name that
/// only it knows (`v4l2`). Thread-safe.
final class InputFormats {

    static final InputFormats OF_THIS_PROCESS = new InputFormats(FfmpegLibraries.DEVICES);

    private final NativeLibrary devices;
    private boolean devicesTried;
    private Optional<String> devicesMissing = Optional.empty();

    InputFormats(NativeLibrary devices) {
        this.devices = devices;
    }

    /// Throws [IOException] where there is no such format, or the device library cannot be loaded for it: then with
    /// the packages that it lacks.
    AVInputFormat find(String name) throws IOException {
        AVInputFormat format = av_find_input_format(name);
        if (format != null && !format.isNull()) {
            return format;
        }
        Optional<String> missing = loadDevices();
        if (missing.isPresent()) {
            throw new IOException("no device can be opened: " + missing.get());
        }
        return Ffmpeg.require(av_find_input_format(name), "input format " + name);
    }

    /// Tried once: the JVM does not try a library again that failed.
    private synchronized Optional<String> loadDevices() {
        if (!devicesTried) {
            devicesTried = true;
            devicesMissing = NativeLibraries.of(List.of(devices)).load();
        }
        return devicesMissing;
    }
}
