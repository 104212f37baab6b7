package jp.musubi.inbox.web;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Lines of CSV (RFC 4180) that are safe to open in a spreadsheet: what would be calculated there gets an apostrophe in
 * front, which our own reader takes off again.
 */
final class SafeCsv {

    private SafeCsv() {}

    static String line(List<String> cells) {
        return cells.stream().map(SafeCsv::cell).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String cell(String value) {
        boolean calculated =
                !value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0 && !value.matches("[+-]?\\d+(\\.\\d+)?");
        String harmless = calculated ? "'" + value : value;
        return harmless.chars().anyMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r')
                ? "\"" + harmless.replace("\"", "\"\"") + "\""
                : harmless;
    }
}
