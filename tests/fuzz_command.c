/*
 * fuzz_command.c - any line at a door: what is taken fits its row, and written
 * again it is the same command.
 */
#include "fuzz.h"
#include "command.h"

#include <stdlib.h>
#include <string.h>

static void
must(bool good)
{
	if (!good)
		abort();
}

static void
again(const struct mews_message *m)
{
	struct mews_message other;
	struct mews_buf line = { 0 };
	struct mews_err err;
	size_t i;

	if (mews_message_write(m, &line, &err) != MEWS_OK)
		return;
	must(line.n >= 1 && line.s[line.n - 1] == '\n');
	line.s[line.n - 1] = '\0';
	must(mews_message_read(line.s, &other, &err) == MEWS_OK);
	must(other.n == m->n && strcmp(other.word, m->word) == 0);
	for (i = 0; i < m->n; i++)
		must(strcmp(mews_message_get(&other, m->field[i].name),
			 m->field[i].value) == 0);
	mews_message_clear(&other);
	mews_buf_clear(&line);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct mews_command *c = NULL;
	struct mews_message m;
	struct mews_err err;
	char *line;

	if (size >= MEWS_COMMAND_LINE)
		return 0;
	line = malloc(size + 1);
	must(line != NULL);
	memcpy(line, data, size);
	line[size] = '\0';
	if (mews_message_read(line, &m, &err) == MEWS_OK) {
		must(m.n <= MEWS_COMMAND_FIELDS);
		if (mews_command_check(&m, &c, &err) == MEWS_OK)
			must(strcmp(c->name, m.word) == 0);
		again(&m);
	} else
		must(m.n == 0);
	mews_message_clear(&m);
	free(line);
	return 0;
}
