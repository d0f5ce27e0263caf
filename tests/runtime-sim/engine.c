/*
 * Duktape with a line to a parent process: the engine of the stand-in of the App Platform's JavaScript runtime.
 *
 * The parent writes lines, and reads lines until the one that ends its command:
 *
 *   run HEX             evaluates a script                 -> done | failed HEX
 *   fire HEX...         calls __fire(...) of the prelude   -> done | failed HEX
 *
 * While the script runs it may call the parent: `call HEX...` goes out, `return HEX` comes back. Texts travel as the bytes that
 * Duktape holds, in hexadecimal, because those bytes are what a runtime in C++ would be given.
 *
 * The functions are declared here, so that the library alone has to be installed (Debian: libduktape207), not its headers.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct duk_context duk_context;
typedef int (*duk_c_function)(duk_context *);
#define DUK_VARARGS (-1)

extern duk_context *duk_create_heap(void *, void *, void *, void *, void *);
extern int duk_push_c_function(duk_context *, duk_c_function, int);
extern int duk_put_global_string(duk_context *, const char *);
extern int duk_get_global_string(duk_context *, const char *);
extern int duk_get_top(duk_context *);
extern void duk_set_top(duk_context *, int);
extern const char *duk_get_lstring(duk_context *, int, size_t *);
extern const char *duk_safe_to_lstring(duk_context *, int, size_t *);
extern const char *duk_push_lstring(duk_context *, const char *, size_t);
extern int duk_pcall(duk_context *, int);

static void out_hex(const char *bytes, size_t length) {
    for (size_t i = 0; i < length; i++) {
        printf("%02x", (unsigned char) bytes[i]);
    }
}

static char *line;
static size_t line_size;

/* The next line, without its end. The parent is gone where there is none. */
static char *next_line(void) {
    fflush(stdout);
    ssize_t length = getline(&line, &line_size, stdin);
    if (length < 0) {
        exit(0);
    }
    if (length > 0 && line[length - 1] == '\n') {
        line[length - 1] = 0;
    }
    return line;
}

/* Decodes hexadecimal in place, up to a blank or the end. Returns what comes after. */
static char *in_hex(char *text, size_t *length) {
    char *from = text, *to = text;
    while (from[0] && from[0] != ' ' && from[1]) {
        char digits[3] = {from[0], from[1], 0};
        *to++ = (char) strtol(digits, NULL, 16);
        from += 2;
    }
    *length = (size_t) (to - text);
    return *from == ' ' ? from + 1 : from;
}

static int host(duk_context *duk) {
    printf("call");
    int count = duk_get_top(duk);
    for (int i = 0; i < count; i++) {
        size_t length;
        const char *text = duk_safe_to_lstring(duk, i, &length);
        putchar(' ');
        out_hex(text, length);
    }
    putchar('\n');
    char *answer = next_line();
    size_t length = 0;
    if (!strncmp(answer, "return ", 7)) {
        answer += 7;
        in_hex(answer, &length);
    }
    duk_push_lstring(duk, answer, length);
    return 1;
}

static void finish(duk_context *duk, int failed) {
    if (failed) {
        size_t length;
        const char *text = duk_safe_to_lstring(duk, -1, &length);
        printf("failed ");
        out_hex(text, length);
        putchar('\n');
    } else {
        printf("done\n");
    }
    duk_set_top(duk, 0);
}

int main(void) {
    duk_context *duk = duk_create_heap(NULL, NULL, NULL, NULL, NULL);
    if (!duk) {
        return 1;
    }
    duk_push_c_function(duk, host, DUK_VARARGS);
    duk_put_global_string(duk, "__host");
    /* Kept aside, because the prelude takes `eval` away. */
    duk_get_global_string(duk, "eval");
    duk_put_global_string(duk, "__eval");
    for (;;) {
        char *command = next_line();
        size_t length;
        int arguments = 0;
        if (!strncmp(command, "run ", 4)) {
            duk_get_global_string(duk, "__eval");
            in_hex(command + 4, &length);
            duk_push_lstring(duk, command + 4, length);
            finish(duk, duk_pcall(duk, 1));
        } else if (!strncmp(command, "fire ", 5)) {
            duk_get_global_string(duk, "__fire");
            char *rest = command + 5;
            while (*rest) {
                char *next = in_hex(rest, &length);
                duk_push_lstring(duk, rest, length);
                arguments++;
                rest = next;
            }
            finish(duk, duk_pcall(duk, arguments));
        } else {
            return 2;
        }
    }
}
