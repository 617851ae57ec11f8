package dev.aerie.rtsp.ffmpeg;

import dev.aerie.video.FrameSize;

/// What an [H264Encoder] makes.
///
/// - `size`: even in both directions
/// - `framesPerIdr`: distance from one IDR frame to the next, at least 1
/// - `isDeblocked`: whether the loop filter smooths the edges of blocks; without it coding costs about a tenth less
///   time and blocks show where bits are few
public record EncoderSettings(
        FrameSize size, double framesPerSecond, int bitsPerSecond, int framesPerIdr, boolean isDeblocked) {

    public EncoderSettings {
        if (size.widthPixels() % 2 != 0 || size.heightPixels() % 2 != 0) {
            throw new IllegalArgumentException("H.264 4:2:0 wants even width and height, was " + size);
        }
        if (!(framesPerSecond > 0) || bitsPerSecond < 1 || framesPerIdr < 1) {
            throw new IllegalArgumentException("rates must be > 0, were " + framesPerSecond + " fps, " + bitsPerSecond
                    + " bit/s, an IDR every " + framesPerIdr);
        }
    }

    /// With the loop filter.
    public EncoderSettings(FrameSize size, double framesPerSecond, int bitsPerSecond, int framesPerIdr) {
        this(size, framesPerSecond, bitsPerSecond, framesPerIdr, true);
    }

    public EncoderSettings withDeblocking(boolean isOn) {
        return new EncoderSettings(size, framesPerSecond, bitsPerSecond, framesPerIdr, isOn);
    }
}
