"""Importing files: upload, the difference before anything is saved, apply, problems."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
def import_upload(request): return HttpResponse("x")
def import_show(request,pk): return HttpResponse("x")
def import_apply(request,pk): return HttpResponse("x")
def import_problems(request,pk): return HttpResponse("x")
