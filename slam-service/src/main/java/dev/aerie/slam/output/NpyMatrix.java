package dev.aerie.slam.output;

import dev.aerie.geometry.RigidTransform;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// A pose as NumPy reads it with `numpy.load`: 4 × 4, float64, row by row.
///
/// Source: NumPy Enhancement Proposal 1, version 1.0 of the format.
final class NpyMatrix {

    private static final String DESCRIPTION = "{'descr': '<f8', 'fortran_order': False, 'shape': (4, 4), }";
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    private static final int ALIGNMENT_BYTES = 64;
    private static final int DATA_BYTES = 16 * Double.BYTES;

    private NpyMatrix() {}

    /// The file's content.
    static byte[] of(RigidTransform transform) {
        int before = MAGIC.length + Short.BYTES;
        int unpadded = before + DESCRIPTION.length() + 1;
        int header = Math.ceilDiv(unpadded, ALIGNMENT_BYTES) * ALIGNMENT_BYTES;
        String padded = DESCRIPTION + " ".repeat(header - unpadded) + "\n";
        var file = ByteBuffer.allocate(header + DATA_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        file.put(MAGIC).putShort((short) (header - before)).put(padded.getBytes(StandardCharsets.US_ASCII));
        for (double number : PoseMatrix.rowMajor(transform)) {
            file.putDouble(number);
        }
        return file.array();
    }
}
