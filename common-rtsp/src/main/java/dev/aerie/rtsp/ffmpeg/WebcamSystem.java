package dev.aerie.rtsp.ffmpeg;

import dev.aerie.video.FrameSize;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// How FFmpeg reads the cameras of an operating system. Only Linux was tried.
public enum WebcamSystem {
    /// V4L2, by path.
    LINUX("v4l2", "/dev/[A-Za-z0-9_/-]{1,200}", "a device of the server such as /dev/video0"),
    /// AVFoundation, by name or by number; its screens are no cameras.
    MACOS(
            "avfoundation",
            "[0-9]|(?!(?i:capture screen|none|default))[^:\"\\p{Cntrl}]{2,200}",
            "a camera of the server by its number (0) or name (FaceTime HD Camera), without a colon"),
    /// DirectShow, by name.
    WINDOWS(
            "dshow",
            "(video=)?[^:\"=\\p{Cntrl}]{1,200}",
            "a camera of the server by its name (video=Integrated Camera), without a colon");

    private static final String DSHOW_VIDEO = "video=";

    private final String format;
    private final Pattern device;
    private final String expected;

    WebcamSystem(String format, String device, String expected) {
        this.format = format;
        this.device = Pattern.compile(device);
        this.expected = expected;
    }

    /// The system that this process runs on.
    public static WebcamSystem here() {
        return of(System.getProperty("os.name", ""));
    }

    /// - `osName`: as Java's property `os.name` has it; anything unknown counts as Linux
    static WebcamSystem of(String osName) {
        if (osName.startsWith("Mac")) {
            return MACOS;
        }
        return osName.startsWith("Windows") ? WINDOWS : LINUX;
    }

    /// Whether an operator may name a camera so: nothing that FFmpeg would read as a second device or an option.
    public boolean accepts(String name) {
        return device.matcher(name).matches();
    }

    /// What [#accepts] takes, for people.
    public String expected() {
        return expected;
    }

    /// FFmpeg's name of the format.
    String format() {
        return format;
    }

    /// FFmpeg's address of a camera; video alone.
    String address(String name) {
        return switch (this) {
            case LINUX -> name;
            case MACOS -> name + ":none";
            case WINDOWS -> name.startsWith(DSHOW_VIDEO) ? name : DSHOW_VIDEO + name;
        };
    }

    /// Options of the format. A Mac's camera has few pixel formats, of which this is common, and FFmpeg takes another
    /// where it is missing; the others choose by themselves.
    Map<String, String> options(FrameSize size, double framesPerSecond) {
        var options = new TreeMap<String, String>();
        options.put("video_size", size.widthPixels() + "x" + size.heightPixels());
        options.put("framerate", Double.toString(framesPerSecond));
        if (this == MACOS) {
            options.put("pixel_format", "nv12");
        }
        return options;
    }
}
