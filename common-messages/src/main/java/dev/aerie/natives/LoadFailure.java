package dev.aerie.natives;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Why a library was not loaded, read from what the linker and the libraries' loaders say.
///
/// - `lacking`: the system's libraries that are missing, as the linker names them; empty where that is not the reason
/// - `sentence`: one line for an operator, with the package to install or the setting to change
record LoadFailure(Set<String> lacking, String sentence) {

    private static final Pattern NOT_FOUND = Pattern.compile("([\\w.+-]+\\.so[.\\d]*): cannot open shared object file");
    private static final Pattern TOO_OLD = Pattern.compile("version [`']?(\\w+_[\\d.]+)'? not found");
    private static final Pattern NOT_EXECUTABLE = Pattern.compile(
            "(/[^\\s:]*)/[^\\s/:]+: (?:failed to map segment|cannot enable executable|.*Operation not permitted)");

    static LoadFailure of(NativeLibrary library, Throwable failure, SystemLibraries system) {
        List<String> messages = messages(failure);
        Set<String> lacking = lacking(library, messages, system);
        if (!lacking.isEmpty()) {
            return new LoadFailure(lacking, missing(library.name(), lacking));
        }
        return new LoadFailure(lacking, sentence(library.name(), messages, system));
    }

    private static String sentence(String name, List<String> messages, SystemLibraries system) {
        Optional<String> tooOld = match(TOO_OLD, messages)
                .map(found -> "%s needs %s, for which this system's libraries are too old: Debian 12 has it"
                        .formatted(name, found.group(1)));
        Path temporary = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
        return tooOld.or(() -> match(NOT_EXECUTABLE, messages).map(found -> notExecutable(name, found.group(1))))
                .or(() -> system.runsFrom(temporary)
                        ? Optional.empty()
                        : Optional.of(notExecutable(name, temporary.toString())))
                .orElseGet(() -> name + " cannot be loaded: " + messages.getLast());
    }

    private static String notExecutable(String name, String folder) {
        String property = folder.contains("/.javacpp") ? "org.bytedeco.javacpp.cachedir" : "java.io.tmpdir";
        return "%s cannot be loaded from %s, where nothing may run (a mount with noexec): start Java with -D%s=FOLDER"
                .formatted(name, folder, property);
    }

    private static String missing(String name, Set<String> lacking) {
        String what = String.join(", ", lacking) + (lacking.size() == 1 ? " is missing, " : " are missing, ") + "which "
                + name + " needs: ";
        Set<String> packages = new LinkedHashSet<>();
        for (String library : lacking) {
            SystemPackages.of(library).ifPresent(packages::add);
        }
        return packages.isEmpty()
                ? what + "apt-file search " + lacking.iterator().next() + " names the package"
                : what + "apt-get install " + String.join(" ", packages);
    }

    /// What the linker named first, then what else is not there. The linker stops at the first one, and an operator
    /// would rather install all of them at once.
    private static Set<String> lacking(NativeLibrary library, List<String> messages, SystemLibraries system) {
        var named = new LinkedHashSet<String>();
        for (String message : messages) {
            Matcher found = NOT_FOUND.matcher(message);
            while (found.find()) {
                named.add(found.group(1));
            }
        }
        var lacking = new LinkedHashSet<String>();
        named.stream().filter(one -> SystemPackages.of(one).isPresent()).forEach(lacking::add);
        library.needs().stream().filter(one -> !system.has(one)).forEach(lacking::add);
        // One of our own is missing only because one of the system's is.
        return lacking.isEmpty() ? named : lacking;
    }

    private static Optional<Matcher> match(Pattern pattern, List<String> messages) {
        return messages.stream().map(pattern::matcher).filter(Matcher::find).findFirst();
    }

    /// Of a failure and its causes, each the first line; never empty.
    private static List<String> messages(Throwable failure) {
        var messages = new ArrayList<String>();
        for (Throwable at = failure; at != null && messages.size() < 20; at = at.getCause()) {
            String message = String.valueOf(at.getMessage());
            messages.add(message.lines().findFirst().orElse(at.getClass().getSimpleName()));
        }
        return messages;
    }
}
