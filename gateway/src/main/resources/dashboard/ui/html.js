// Preact with htm: html`<p>…</p>` makes elements. Texts are escaped, so no cell of a file becomes markup.
import { h, render, Fragment } from "../vendor/preact.js";
import { useState, useEffect, useLayoutEffect, useRef, useMemo, useCallback } from "../vendor/hooks.js";
import htm from "../vendor/htm.js";

export const html = htm.bind(h);
export { render, Fragment, useState, useEffect, useLayoutEffect, useRef, useMemo, useCallback };
