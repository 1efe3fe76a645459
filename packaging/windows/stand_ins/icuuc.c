/* For tests under Wine only, never shipped: stands in for Windows 10's own icuuc.dll, which Wine has not.
   Qt6Core imports these 20 names; ucnv_open finds no converter, so Qt keeps to its own (UTF-8, UTF-16, Latin-1, system). */
#include <stddef.h>
#include <stdint.h>
#define OUT __declspec(dllexport)
typedef int32_t E;                       /* UErrorCode; 4 is U_FILE_ACCESS_ERROR */
static void no(E *e) { if (e) *e = 4; }
OUT void *ucnv_open(const char *name, E *e) { (void)name; no(e); return NULL; }
OUT void ucnv_close(void *c) { (void)c; }
OUT void ucnv_reset(void *c) { (void)c; }
OUT int8_t ucnv_getMaxCharSize(const void *c) { (void)c; return 1; }
OUT const char *ucnv_getName(const void *c, E *e) { (void)c; no(e); return NULL; }
OUT void ucnv_getToUCallBack(const void *c, void **a, const void **b) { (void)c; if (a) *a = NULL; if (b) *b = NULL; }
OUT void ucnv_getFromUCallBack(const void *c, void **a, const void **b) { (void)c; if (a) *a = NULL; if (b) *b = NULL; }
OUT void ucnv_setToUCallBack(void *c, void *n, const void *x, void **o, const void **y, E *e) { (void)c; (void)n; (void)x; (void)o; (void)y; no(e); }
OUT void ucnv_setFromUCallBack(void *c, void *n, const void *x, void **o, const void **y, E *e) { (void)c; (void)n; (void)x; (void)o; (void)y; no(e); }
OUT void ucnv_toUnicode(void *c, uint16_t **t, const uint16_t *tl, const char **s, const char *sl, int32_t *o, int8_t f, E *e) { (void)c; (void)t; (void)tl; (void)s; (void)sl; (void)o; (void)f; no(e); }
OUT void ucnv_fromUnicode(void *c, char **t, const char *tl, const uint16_t **s, const uint16_t *sl, int32_t *o, int8_t f, E *e) { (void)c; (void)t; (void)tl; (void)s; (void)sl; (void)o; (void)f; no(e); }
OUT int32_t ucnv_toUCountPending(const void *c, E *e) { (void)c; no(e); return 0; }
OUT int32_t ucnv_fromUCountPending(const void *c, E *e) { (void)c; no(e); return 0; }
OUT int32_t ucnv_countAvailable(void) { return 0; }
OUT const char *ucnv_getAvailableName(int32_t n) { (void)n; return NULL; }
OUT const char *ucnv_getStandardName(const char *n, const char *s, E *e) { (void)n; (void)s; no(e); return NULL; }
OUT void ucnv_cbToUWriteUChars(void *a, const uint16_t *s, int32_t n, int32_t o, E *e) { (void)a; (void)s; (void)n; (void)o; no(e); }
OUT void ucnv_cbFromUWriteUChars(void *a, const uint16_t **s, const uint16_t *l, int32_t o, E *e) { (void)a; (void)s; (void)l; (void)o; no(e); }
OUT void UCNV_FROM_U_CALLBACK_SUBSTITUTE(const void *x, void *a, const uint16_t *u, int32_t n, int32_t p, int32_t r, E *e) { (void)x; (void)a; (void)u; (void)n; (void)p; (void)r; no(e); }
OUT void UCNV_TO_U_CALLBACK_SUBSTITUTE(const void *x, void *a, const char *u, int32_t n, int32_t r, E *e) { (void)x; (void)a; (void)u; (void)n; (void)r; no(e); }
