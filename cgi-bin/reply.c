/*
 * reply.c - the one place where headers are written.
 */
#include "reply.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const struct {
	int status;
	const char *line;
} lines[] = {
	{ 200, "200 OK" }, { 303, "303 See Other" }, { 400, "400 Bad Request" },
	{ 401, "401 Unauthorized" }, { 403, "403 Forbidden" },
	{ 404, "404 Not Found" }, { 405, "405 Method Not Allowed" },
	{ 413, "413 Content Too Large" }, { 415, "415 Unsupported Media Type" },
	{ 503, "503 Service Unavailable" },
	{ 500, "500 Internal Server Error" }, /* stays last */
};

static const char always[] =
    "Content-Security-Policy: default-src 'none'; script-src 'self'; "
    "style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "X-Frame-Options: DENY\r\n"
    "Referrer-Policy: same-origin\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n"
    "Strict-Transport-Security: max-age=31536000\r\n";

void
reply_reset(struct reply *r)
{
	mews_buf_reset(&r->cookies);
	mews_buf_reset(&r->body);
	r->status = 200;
	r->type = "text/html; charset=utf-8";
	r->place[0] = '\0';
	r->name[0] = '\0';
	r->note[0] = '\0';
	r->file[0] = '\0';
	r->soon = false;
	if (r->stream.own != NULL)
		r->stream.end(r->stream.own);
	r->stream = (struct reply_stream){ .own = NULL };
}

void
reply_clear(struct reply *r)
{
	reply_reset(r);
	mews_buf_clear(&r->cookies);
	mews_buf_clear(&r->body);
}

void
reply_go(struct reply *r, const char *path)
{
	r->status = 303;
	(void)snprintf(r->place, sizeof(r->place), "%s", path);
	mews_buf_reset(&r->body);
}

void
reply_cookie(struct reply *r, const char *name, const char *value)
{
	mews_buf_printf(&r->cookies,
	    "Set-Cookie: %s=%s; Path=/; Secure; HttpOnly; "
	    "SameSite=Strict%s\r\n",
	    name, value, value[0] == '\0' ? "; Max-Age=0" : "");
}

void
reply_cookie_for(struct reply *r, const char *name, const char *value,
    int64_t seconds)
{
	mews_buf_printf(&r->cookies,
	    "Set-Cookie: %s=%s; Path=/; Secure; HttpOnly; "
	    "SameSite=Strict; Max-Age=%" PRId64 "\r\n",
	    name, value, seconds);
}

static const char *
line(int status)
{
	size_t i;

	for (i = 0; i < MEWS_LEN(lines) - 1; i++)
		if (lines[i].status == status)
			break;
	return lines[i].line;
}

void
reply_head(const struct reply *r, struct mews_buf *out)
{
	mews_buf_printf(out,
	    "Status: %s\r\nContent-Type: %s\r\nCache-Control: %s\r\n",
	    line(r->status), r->type,
	    r->file[0] == '\0' ? "no-store" : "private, no-cache");
	if (r->file[0] != '\0')
		mews_buf_printf(out, "X-Sendfile: %s\r\n", r->file);
	else if (r->stream.own == NULL)
		mews_buf_printf(out, "Content-Length: %zu\r\n", r->body.n);
	mews_buf_put(out, always, sizeof(always) - 1);
	if (r->place[0] != '\0')
		mews_buf_printf(out, "Location: %s\r\n", r->place);
	if (r->name[0] != '\0')
		mews_buf_printf(out,
		    "Content-Disposition: attachment; filename=\"%s\"\r\n",
		    r->name);
	if (r->note[0] != '\0')
		mews_buf_printf(out, "%s\r\n", r->note);
	if (r->soon)
		mews_buf_str(out, "Retry-After: 5\r\n");
	if (r->status == 401)
		mews_buf_str(out, "WWW-Authenticate: Bearer\r\n");
	if (r->status == 405)
		mews_buf_str(out, "Allow: GET, HEAD, POST\r\n");
	if (r->cookies.n > 0)
		mews_buf_put(out, r->cookies.s, r->cookies.n);
	mews_buf_str(out, "\r\n");
}
