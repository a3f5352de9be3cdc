/*
 * post_path.c - an FTP path is seen from where one signs in unless it says %2F,
 * an SFTP path from the root unless it says ~ (RFC 1738, libcurl's URLs).
 */
#include "post_path.h"

#include <stdio.h>
#include <string.h>

void
post_path_add(char *url, size_t size, const char *path, bool url_form)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "abcdefghijklmnopqrstuvwxyz0123456789"
				    "-_./~";
	size_t n = strlen(url);

	for (; *path != '\0' && n + 4 < size; path++)
		if (!url_form || strchr(plain, *path) != NULL)
			url[n++] = *path;
		else
			n += (size_t)snprintf(url + n, 4, "%%%02X",
			    (unsigned char)*path);
	url[n] = '\0';
}

void
post_path_folder(char *out, size_t size, const struct post_server *s,
    const struct post_file *f, bool url_form)
{
	const char *folder = f->folder, *slash = strrchr(f->name, '/');
	char part[300] = "";
	size_t n;

	n = strlen(out);
	/* an FTP path is seen from where one signs in, an SFTP one is not */
	if (s->security == POST_SSH)
		(void)snprintf(out + n, size - n, "%s",
		    folder[0] == '/' ? "" : "/~/");
	else if (url_form)
		(void)snprintf(out + n, size - n, "%s",
		    folder[0] == '/' ? "/%2F" : "/");
	if (s->security != POST_SSH && folder[0] == '/')
		folder++;
	post_path_add(out, size, folder, url_form);
	n = strlen(out);
	if (n > 0 && out[n - 1] != '/' && f->folder[0] != '\0')
		(void)snprintf(out + n, size - n, "/");
	if (slash != NULL)
		(void)snprintf(part, sizeof(part), "%.*s",
		    (int)(slash + 1 - f->name), f->name);
	post_path_add(out, size, part, url_form);
}
