package dev.aerie.messages;

import java.util.ArrayList;
import java.util.List;

/// COCO's compression of runs: each is written as the difference to the one two before it (from the fourth on), in
/// groups of five bits, least first; a character is 48 plus the group plus 32 if more follow; the last group's highest
/// bit is the sign. Source: cocoapi, `maskApi.c`, `rleToString` and `rleFrString`.
final class RunLengths {

    private static final int FIRST_CHARACTER = 48;
    private static final int MORE = 0x20;
    private static final int SIGN = 0x10;
    private static final int GROUP_BITS = 5;
    private static final int GROUP = 0x1f;
    private static final int LONGEST = 12;

    private RunLengths() {}

    /// Reads the runs of so many `pixels`; throws [IllegalArgumentException] where `counts` breaks off, or at the first
    /// run that is negative or covers more: nobody's numbers are added up beyond that.
    static List<Long> parse(String counts, long pixels) {
        var runs = new ArrayList<Long>();
        long left = pixels;
        for (int at = 0; at < counts.length(); ) {
            int end = endOfNumber(counts, at);
            long run = number(counts, at, end);
            if (runs.size() > 2) {
                run += runs.get(runs.size() - 2);
            }
            Require.rule(run >= 0, "mask.counts has a negative run at character " + at);
            Require.rule(run <= left && runs.size() <= pixels, "mask.counts cover more than " + pixels + " pixels");
            left -= run;
            runs.add(run);
            at = end;
        }
        return runs;
    }

    private static int endOfNumber(String counts, int start) {
        for (int at = start; at < counts.length() && at < start + LONGEST; at++) {
            int group = counts.charAt(at) - FIRST_CHARACTER;
            Require.rule(group >= 0 && group < 2 * MORE, "mask.counts has no such character at " + at);
            if ((group & MORE) == 0) {
                return at + 1;
            }
        }
        throw new IllegalArgumentException("mask.counts breaks off in the number at character " + start);
    }

    private static long number(String counts, int start, int end) {
        long value = 0;
        int shift = 0;
        for (int at = start; at < end; at++) {
            value |= (long) (counts.charAt(at) - FIRST_CHARACTER & GROUP) << shift;
            shift += GROUP_BITS;
        }
        boolean negative = (counts.charAt(end - 1) - FIRST_CHARACTER & SIGN) != 0;
        return negative ? value | -1L << shift : value;
    }

    /// Writes runs one after another.
    static final class Writer {

        private final StringBuilder text = new StringBuilder();
        private final long[] lastTwo = new long[2];
        private int count;

        void add(long run) {
            append(count > 2 ? run - lastTwo[count % 2] : run);
            lastTwo[count % 2] = run;
            count++;
        }

        private void append(long number) {
            long rest = number;
            boolean more = true;
            while (more) {
                int group = (int) (rest & GROUP);
                rest >>= GROUP_BITS;
                more = (group & SIGN) != 0 ? rest != -1 : rest != 0;
                text.append((char) (group + (more ? MORE : 0) + FIRST_CHARACTER));
            }
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
