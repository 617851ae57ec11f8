package dev.aerie.natives;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// All the libraries of machine code that one process can need.
///
/// They are loaded before anything else is begun: what is missing ends the process at once, with one line, rather than
/// the first stream an hour later. It cannot be mended while the process runs, for a library that failed to load is
/// never tried again by the JVM.
public final class NativeLibraries {

    /// The argument of a service that loads its libraries, says how that went, and ends.
    public static final String CHECK = "--check-libraries";

    private static final int EXIT_MISSING = 2;

    private final List<NativeLibrary> all;
    private final SystemLibraries system;

    NativeLibraries(List<NativeLibrary> all, SystemLibraries system) {
        this.all = List.copyOf(all);
        this.system = system;
    }

    public static NativeLibraries of(List<NativeLibrary> all) {
        return new NativeLibraries(all, SystemLibraries.OF_THIS_MACHINE);
    }

    /// These and `more`.
    public NativeLibraries with(List<NativeLibrary> more) {
        return new NativeLibraries(Stream.concat(all.stream(), more.stream()).toList(), system);
    }

    /// In the order in which they are loaded.
    public List<String> names() {
        return all.stream().map(NativeLibrary::name).toList();
    }

    /// Loads all of them where `process` begins. Where one cannot be loaded, one line on standard error says what is
    /// missing, and the process ends with 2. With [#CHECK] among the arguments it ends in any case.
    public void startWith(String process, String... arguments) {
        Optional<String> missing = load();
        if (missing.isPresent()) {
            System.err.println(process + " cannot start: " + missing.get());
            System.exit(EXIT_MISSING);
        }
        if (List.of(arguments).contains(CHECK)) {
            System.out.println("all " + all.size() + " native libraries load");
            System.exit(0);
        }
    }

    /// Loads each; what cannot be loaded, in one line with the packages to install, or empty.
    public Optional<String> load() {
        var failures = new ArrayList<LoadFailure>();
        for (NativeLibrary library : all) {
            load(library).ifPresent(failures::add);
        }
        return failures.isEmpty() ? Optional.empty() : Optional.of(line(failures));
    }

    private Optional<LoadFailure> load(NativeLibrary library) {
        try {
            library.load().run();
            return Optional.empty();
        } catch (LinkageError | Exception e) {
            return Optional.of(LoadFailure.of(library, e, system));
        }
    }

    /// Each missing library once, with the first of ours that needs it; the others fail for the same reason.
    private static String line(List<LoadFailure> failures) {
        var causes = failures.stream()
                .filter(failure -> !failure.lacking().isEmpty())
                .toList();
        var said = new ArrayList<LoadFailure>();
        for (LoadFailure failure : causes.isEmpty() ? failures.subList(0, 1) : causes) {
            if (said.stream().noneMatch(earlier -> earlier.lacking().containsAll(failure.lacking()))) {
                said.add(failure);
            }
        }
        return said.stream().map(LoadFailure::sentence).collect(Collectors.joining("; "));
    }
}
