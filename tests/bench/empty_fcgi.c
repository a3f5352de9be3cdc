/*
 * empty_fcgi.c - a FastCGI program that answers "ok": what the web server
 * and the protocol cost without a page.
 */
#include <fcgiapp.h>

int
main(void)
{
	static const char answer[] = "Content-Type: text/plain\r\n"
				     "Content-Length: 2\r\n\r\nok";
	FCGX_Request r;

	if (FCGX_Init() || FCGX_InitRequest(&r, 0, 0))
		return 1;
	while (!FCGX_Accept_r(&r)) {
		FCGX_PutStr(answer, sizeof(answer) - 1, r.out);
		FCGX_Finish_r(&r);
	}
	return 0;
}
