package dev.aerie.simulator.barcode;

import dev.aerie.video.FrameSize;

/// The positions and meaning of the cells. The code fills the upper third of a frame, whatever its size:
///
/// ```
/// 13 columns × 4 rows, half a cell of grey around them; read row by row:
/// white black | 32 bits of the number, highest first | 16 bits CRC-16/CCITT-FALSE of them | black white
/// ```
///
/// A white cell is a 1. The four cells in the corners of the sequence are known and give the contrast.
record BarcodeLayout(FrameSize size) {

    static final int COLUMNS = 13;
    static final int ROWS = 4;
    static final int CELLS = COLUMNS * ROWS;
    private static final int NUMBER_BITS = 32;
    private static final int CHECK_BITS = 16;

    BarcodeLayout {
        if (size.widthPixels() < 112 || size.heightPixels() < 120) {
            throw new IllegalArgumentException("a barcode needs a frame of at least 112 × 120 pixels, was "
                    + size.widthPixels() + " × " + size.heightPixels());
        }
    }

    int leftPixels(double column) {
        return (int) Math.round((column + 0.5) * size.widthPixels() / (COLUMNS + 1));
    }

    int topPixels(double row) {
        return (int) Math.round((row + 0.5) * heightPixels() / (ROWS + 1));
    }

    /// Height of the code with its margin.
    int heightPixels() {
        return size.heightPixels() / 3;
    }

    /// The cells of a number, cell 0 in the highest of the lowest 52 bits.
    static long cellsOf(int number) {
        long checked = (Integer.toUnsignedLong(number) << CHECK_BITS) | crc(number);
        return (0b10L << (CELLS - 2)) | (checked << 2) | 0b01L;
    }

    static boolean isWhite(long cells, int cell) {
        return (cells >> (CELLS - 1 - cell) & 1) != 0;
    }

    static int numberOf(long cells) {
        return (int) (cells >> (CHECK_BITS + 2));
    }

    /// CRC-16/CCITT-FALSE: polynomial 0x1021, start 0xFFFF, highest bit first.
    private static int crc(int number) {
        int crc = 0xFFFF;
        for (int bit = NUMBER_BITS - 1; bit >= 0; bit--) {
            boolean flip = (((crc >> 15) ^ (number >> bit)) & 1) != 0;
            crc = (crc << 1 & 0xFFFF) ^ (flip ? 0x1021 : 0);
        }
        return crc;
    }
}
