package dev.aerie.simulator;

import dev.aerie.video.FrameSize;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads `1280x720`.
final class FrameSizeOption implements ITypeConverter<FrameSize> {

    @Override
    public FrameSize convert(String text) {
        String[] sides = text.split("x", -1);
        try {
            var size = new FrameSize(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
            if (sides.length == 2 && size.widthPixels() % 2 == 0 && size.heightPixels() % 2 == 0) {
                return size;
            }
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException _) {
            // Reported below.
        }
        throw new TypeConversionException("want a size with even sides such as 1280x720, was " + text);
    }
}
